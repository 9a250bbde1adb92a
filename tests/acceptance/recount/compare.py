"""Comparison of published figures with the files: both ways, every cell."""

import json
import re

import duckdb
import numpy as np
import pandas as pd

from recount import usa_tip_assessment
from recount.figures import CODES, EXACT, MISSING, READ, SUPPRESSED, USUAL, Recount

COMPARED = [*CODES, *READ]
OF_ALL = {name: USUAL[name] for name in ("freq", "time_basis", "age", "citizenship")}
"""Codes of an assessment, which has none of these."""
READING = {
    "codes_are_listed",
    "labels_are_known",
    "labels_are_readable",
    "unit_fits_the_indicator",
    "one_row_per_cell",
    "figure_has_one_reading",
    "status_fits_the_value",
    "suppressed_figure_has_bounds",
    "value_is_possible",
}
"""Rules that say of a row that it cannot be read. Others doubt what was read well, which no recount
can judge."""


def published(connection: duckdb.DuckDBPyConnection, source: str) -> pd.DataFrame:
    """Read the published figures of a source: `place`, COMPARED."""
    tables = {"ref_wpp": "population", "usa_tip_assessment": "assessment"}
    table = tables.get(source, "harmonised.observation")
    sql = f"from {table} select *, release || ', ' || locator as place where source = ?"
    frame = connection.execute(sql, [source]).df()
    if source == "ref_wpp":
        usual = {name: code for name, code in USUAL.items() if name not in frame}
        bounds = {"lower": frame["value"], "upper": frame["value"], "conf_status": "F"}
        frame = frame.assign(**usual, **bounds, indicator="POPULATION", obs_status="A")
    if source == "usa_tip_assessment":
        frame = frame.rename(columns=usa_tip_assessment.PLACES)
        bounds = {"lower": frame["value"], "upper": frame["value"], "conf_status": "F"}
        frame = frame.assign(**bounds, **OF_ALL, obs_status="A")
    status = frame["obs_status"].map(
        {text: _first_status(text) for text in frame["obs_status"].unique()}
    )
    texts = {name: frame[name].astype("str") for name in [*CODES, "conf_status"]}
    return frame.assign(**texts, status=status)[["place", *COMPARED]]


def _first_status(status: str) -> str:
    codes = set(status.split(";"))
    return SUPPRESSED if "Q" in codes else MISSING if codes & {"O", "L", "M"} else EXACT


def kept_out(connection: duckdb.DuckDBPyConnection, source: str) -> pd.DataFrame:
    """Read the quarantine of a source: `place`, `rule`, `text`, `printed`.

    `text` is the figure, if the rule speaks of it; `printed` is the row, the first of a sum.
    """
    sql = (
        "select release || ', ' || locator as place, rule, row::varchar as printed, "
        "if(\"column\" = 'value_raw', found, null) as text from quarantine where source = ?"
    )
    return connection.execute(sql, [source]).df()


def differences(recount: Recount, found: pd.DataFrame, quarantine: pd.DataFrame) -> list[str]:
    """List the differences between what is published and the file, each with its place first."""
    file = recount.figures.set_index("place")
    here = found[~found["place"].duplicated()].set_index("place")
    both = file.index.intersection(here.index)
    out = {row for place in quarantine["place"] for row in rows_of(place)}
    return [
        *_lines(found.loc[found["place"].duplicated(), "place"], "is published twice"),
        *_lines(here.index.difference(both), "is published, but no figure of the file"),
        *_lines(_among(both, out), "is published and in quarantine"),
        *_absent(file.index.difference(both), quarantine),
        *_unequal(_hidden_further(file.loc[both], here.loc[both]), here.loc[both]),
        *_misplaced(recount, quarantine, out),
    ]


def rows_of(place: str) -> list[str]:
    """The places of the single rows behind a place; adjacent rows are named `rows 7-9`."""
    several = re.fullmatch(r"(.*, row)s (\d+)-(\d+)", place)
    if not several:
        return [place]
    return [f"{several[1]} {number}" for number in range(int(several[2]), int(several[3]) + 1)]


def _lines(places, words: str) -> list[str]:
    return [f"{place}: {words}" for place in places]


def _among(places, rows: set[str]) -> list[str]:
    """The places of which every row is among some rows."""
    return [place for place in places if rows and rows.issuperset(rows_of(place))]


def _absent(places: pd.Index, quarantine: pd.DataFrame) -> list[str]:
    """Figures of the file that are not published, unless a rule doubts them."""
    unread, doubted = (
        {row for place in quarantine.loc[is_unread, "place"] for row in rows_of(place)}
        for is_unread in (quarantine["rule"].isin(READING), ~quarantine["rule"].isin(READING))
    )
    absent = places.difference(_among(places, doubted))
    in_vain = _among(absent, unread)
    return [
        *_lines(absent.difference(in_vain), "is a figure of the file, but not published"),
        *_lines(in_vain, "is in quarantine, but can be read"),
    ]


def _hidden_further(file: pd.DataFrame, here: pd.DataFrame) -> pd.DataFrame:
    """The file's figures; those hidden for another's sake are intervals up to the whole."""
    hidden = (here["conf_status"] == "S") & file["whole"].notna()
    instead = {
        "value": np.nan, "lower": 0.0, "upper": file["whole"], "status": SUPPRESSED,
        "conf_status": "S", "value_raw": "<=" + file["whole"].map("{:.0f}".format),
    }  # fmt: skip
    file = file.assign(**{name: file[name].mask(hidden, to) for name, to in instead.items()})
    return _withheld(file, here["value_raw"] == "withheld")


def _withheld(file: pd.DataFrame, withheld: pd.Series) -> pd.DataFrame:
    """The file's figures without those that would narrow a hidden one of a later release."""
    instead = {
        "value": np.nan, "lower": 0.0, "upper": np.nan, "status": SUPPRESSED, "conf_status": "S",
        "value_raw": "withheld",
    }  # fmt: skip
    return file.assign(**{name: file[name].mask(withheld, to) for name, to in instead.items()})


def _unequal(file: pd.DataFrame, here: pd.DataFrame) -> list[str]:
    """Figures of which a code, a number, a text or the status is not that of the file."""
    return [
        f"{place}: {name} is {here.loc[place, name]!r}, in the file {file.loc[place, name]!r}"
        for name in COMPARED
        for place in here.index[
            (here[name] != file[name]) & ~(here[name].isna() & file[name].isna())
        ]
    ]


def _misplaced(recount: Recount, quarantine: pd.DataFrame, out: set[str]) -> list[str]:
    """Rows without a code that are not in quarantine, and what is there but not in the file."""
    text = {**_texts(recount.figures), **_texts(recount.no_code)}
    kept = quarantine[["place", "printed", "text"]].itertuples(index=False)
    others = [
        place
        for place, row, figure in kept
        if not _is_printed(row, figure, [text.get(each) for each in rows_of(place)])
    ]
    kept_in = recount.no_code[~recount.no_code["place"].isin(out)]
    return [
        *_lines(kept_in["place"], "has no code, but is not in quarantine"),
        *_lines(others, "is in quarantine, but no row of the file"),
    ]


def _texts(frame: pd.DataFrame) -> dict[str, str]:
    """Return the printed text of every single row behind the figures of a frame."""
    return {
        row: text
        for place, texts in frame[["place", "value_raw"]].itertuples(index=False)
        for row, text in zip(rows_of(place), texts.split(" + "), strict=True)
    }


def _is_printed(row: str, figure: str | None, texts: list[str | None]) -> bool:
    """Return whether a row in quarantine, and its figure, have the texts of the file."""
    if None in texts or texts[0] not in json.loads(row).values():
        return False
    return pd.isna(figure) or figure == " + ".join(map(str, texts))
