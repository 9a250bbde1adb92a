"""Case records of victims, counted by a national authority on its own machine.

Authority, terms of use and legal scope are those that the authority states in its mapping file.
Counted: persons, once for each indicator and year, after disclosure control (threshold 10).
What comes in is the printed table of `tipstat cases count`: counts, and intervals in place of those
that are hidden. No record ever comes near this module, which serves all states.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pandas as pd

from pipelines.raw import stated_files
from pipelines.reader.files import File
from pipelines.reader.labels import label_table, same_codes
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.rows import Rows, Tidy
from schemas import codelists
from schemas.source import Source

CODED: Final = ("indicator", "sex", "age", "exploitation", "citizenship")

CONF_STATUS: Final = {"F": "F", "A": "A", "S": "S", "C": "C", "Q": "D"}
"""Codes of conf_status by the status of a printed figure; SDMX has no code for a small change."""


def tidy(source: Source, file: File) -> Tidy:
    """Return the figures of the newest release in a printed table, in our codes."""
    rows = Rows(file, source)
    _refuse_other_states(file.path, source, rows.raw["ref_area"])
    if "figure" not in rows.raw:
        newest = rows.raw[rows.raw["release"].astype("str") == max(rows.raw["release"], default="")]
        rows.replace(newest.assign(figure=list(_texts(newest))))
    figures = rows.figure("figure")
    del figures["conf_status"]
    place = "CONF_STATUS in pipelines/sources/_case_records.py"
    return rows.tidy(
        time_period=rows.raw["time_period"].array,
        ref_area=rows.recode("ref_area", str, "ref_area"),
        conf_status=rows.recode("conf_status", label_table(CONF_STATUS, place), "conf_status"),
        **{name: rows.recode(name, same_codes(name), name) for name in CODED},
        **figures,
    )


def _refuse_other_states(path: Path, source: Source, areas: pd.Series) -> None:
    others = {codelists.state_of(area) for area in areas.cat.categories}
    others -= {stated_files.state_of(source.id)}
    if others:
        raise FileRefusedError(
            f"{path}: has figures of {', '.join(sorted(others))}, not {source.id}"
        )


def _texts(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the text of each printed figure: `12`, `<10`, `>=10`, `>=12 <=21`."""
    for value, lower, upper in rows[["value", "lower", "upper"]].astype("str").to_numpy():
        if value:
            yield value
        elif lower == "0" and upper.isdecimal():
            yield f"<{int(upper) + 1}"
        else:
            yield f">={lower} <={upper}" if upper else f">={lower}"
