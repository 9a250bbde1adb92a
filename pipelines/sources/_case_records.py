"""Case records of victims, counted by a national authority on its own machine.

What comes in is the printed table of `tipstat cases count`: counts, and intervals in place of those
that are hidden. No record ever comes near this module, which serves all states.
"""

from collections.abc import Iterator

import pandas as pd

from pipelines.raw import stated_files
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.rows import Rows
from schemas import codelists


def prepare(rows: Rows) -> None:
    """Take the newest release of a printed table, with one text for each figure.

    Raises:
        FileRefusedError: the table has figures of another state.
    """
    areas = {codelists.state_of(area) for area in rows.raw["ref_area"].cat.categories}
    if others := areas - {stated_files.state_of(rows.source.id)}:
        named = ", ".join(sorted(others))
        raise FileRefusedError(f"{rows.path}: has figures of {named}, not {rows.source.id}")
    if "figure" not in rows.raw:
        newest = rows.raw[rows.raw["release"].astype("str") == max(rows.raw["release"], default="")]
        rows.replace(newest.assign(figure=list(_texts(newest))))


def _texts(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the text of each printed figure: `12`, `<10`, `>=10`, `>=12 <=21`."""
    for value, lower, upper in rows[["value", "lower", "upper"]].astype("str").to_numpy():
        if value:
            yield value
        elif lower == "0" and upper.isdecimal():
            yield f"<{int(upper) + 1}"
        else:
            yield f">={lower} <={upper}" if upper else f">={lower}"
