"""The contract of an assessment: what one report says of one state, statement by statement.

A row is a code of an item in a list of efforts, shortfalls or recommendations, as one coding of
the report gives it. A report of which only the tier could be read has one row of kind NONE.
"""

from typing import Final

import numpy as np
import pandas as pd

from schemas.columns import per_category, row_rule, schema
from schemas.fields import coded, distinct_text, long_text, number
from schemas.observation_rules import MISPRINT

KEY: Final = ("source", "release", "ref_area", "time_period", "coding", "kind", "rank", "code")
"""Columns that identify a row."""

MAIN: Final = "main"
"""The coding that is published; the others only tell how far codings agree."""

HIDDEN: Final = "hidden to protect persons: one case, or none to five persons"
"""What stands in place of a summary that tells of one case or of few persons."""

_MOST_WORDS: Final = 12
_FIRST_YEAR: Final = 2001


@row_rule("value_is_possible", "value", "neither 0 nor 1", MISPRINT)
def _is_cut_or_whole(rows: pd.DataFrame) -> pd.Series:
    return rows["value"].isin((0, 1))


@row_rule(
    "period_is_well_formed", "time_period", "not the year of a report", "correct it in the file"
)
def _is_year(rows: pd.DataFrame) -> np.ndarray:
    return per_category(
        rows["time_period"],
        lambda year: year.isdigit() and len(year) == 4 and int(year) >= _FIRST_YEAR,
    )


@row_rule(
    "labels_are_known", "rank", "not a whole number", "write the place of the item in its list"
)
def _is_place(rows: pd.DataFrame) -> np.ndarray:
    return per_category(rows["rank"], lambda rank: rank.isascii() and rank.isdigit())


@row_rule(
    "labels_are_known",
    "code",
    "kind, code, rank and summary do not fit each other",
    "a statement has a code, a rank from 1 and a summary; a report with the tier only has none",
)
def _is_whole_statement(rows: pd.DataFrame) -> pd.Series:
    is_statement = rows["kind"] != "NONE"
    return (
        ((rows["code"] != "_Z") == is_statement)
        & ((rows["rank"].astype("str") != "0") == is_statement)
        & ((rows["summary"].astype("str") != "") == is_statement)
    )


@row_rule(
    "labels_are_known",
    "summary",
    f"more than {_MOST_WORDS} words",
    "say it in our own words, and shorter; no sentence of a report is kept",
)
def _is_short(rows: pd.DataFrame) -> pd.Series:
    return rows["summary"].astype("str").str.split().str.len() <= _MOST_WORDS


@row_rule(
    "labels_are_known",
    "address",
    "not a web address, or one of a place too weak to rest on",
    "write where the report was read; of a weak place its class alone",
)
def _is_address(rows: pd.DataFrame) -> pd.Series:
    is_web = rows["address"].astype("str").str.match("https?://.")
    return is_web.where(rows["weakness"].astype("str") == "", rows["address"].astype("str") == "")


ASSESSMENT: Final = schema(
    "assessment",
    "What a report says that a state did, lacked and should do: one row per item and code, in "
    "every release and coding.",
    {
        "source": distinct_text("Source, as in the table source."),
        "release": distinct_text("Date of the release, ISO 8601."),
        "ref_area": coded("State that is assessed, ISO 3166-1 alpha-3.", "area"),
        "time_period": distinct_text(
            "Year of the report, YYYY; it covers about April of the year before to March."
        ),
        "coding": distinct_text(
            f"Who coded the report: {MAIN}, which is published, or a letter of another coding of "
            "the same report, independent of it."
        ),
        "kind": coded("Effort, shortfall or recommendation.", "assessment_kind"),
        "rank": distinct_text(
            "Place of the item in its list, from 1; an item with several codes has a row for each."
        ),
        "code": coded("What the item is about.", "assessment_code"),
        "tier": coded("Tier in which the report places the state.", "tier"),
        "direction": coded(
            "What the report says of overall efforts against those of the period before.",
            "assessment_direction",
        ),
        "summary": distinct_text("The item in a few words of our own; empty where there is none."),
        "address": distinct_text("Where the report was read; empty if it is a weak place."),
        "provenance": coded(
            "Whether that is the publisher's own page, a copy, or what others repeat.",
            "provenance",
        ),
        "weakness": distinct_text(
            "Why the page is too weak to rest on: FRAGMENTS, UNDATED, TRANSLATED (by a machine), "
            "PRIVATE (a copy that a private site made) or PREVIEW (a server for trials of the "
            "publisher's pages); empty if it is not."
        ),
        "doubt": coded(
            "Why the statement counts in no answer under the code that the file gives it; _Z if it "
            "does.",
            "assessment_doubt",
        ),
        "value": number("1: the list of this kind could not be read to its end; else 0."),
        "value_raw": distinct_text("The same as it stands in the file."),
        "locator": long_text("Place of the row: file, row."),
    },
    [_is_cut_or_whole, _is_year, _is_place, _is_whole_statement, _is_short, _is_address],
)
"""The contract of an assessment."""
