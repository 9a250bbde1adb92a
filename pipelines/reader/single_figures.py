"""Read tables of single figures that were typed one by one, each with its place in a document."""

import pandas as pd

from pipelines.reader.labels import label_table, same_codes
from pipelines.reader.rows import Rows, Tidy
from schemas import codelists
from schemas.source import Source

WORDS = ("authority", "place", "description")
"""Texts that each figure needs: who counted, where it is printed, and what it counts."""


def tidy_single_figures(rows: Rows, source: Source, names: dict[str, str], *required: str) -> Tidy:
    """Return a table of single figures in our codes.

    `names` are the columns with the `WORDS`, and with the `address` if each figure has its own;
    `required` are further columns that must say something.
    """
    raw = rows.raw
    for column in (*(names[word] for word in WORDS), *required):
        rows.reject(
            raw[column] == "",
            "labels_are_readable",
            column,
            "says nothing: a figure needs its source",
        )
    place = raw[names["place"]].astype("str")
    if "address" in names:
        address = raw[names["address"]].astype("str")
        is_page = address.str.fullmatch(r"https?://[\w.-]+\.\w{2,}/\S+")
        rows.reject(~is_page, "labels_are_readable", names["address"], "not the address of a page")
        place = address + ", " + place
    authority, description = (
        raw[names[word]].astype("str") for word in ("authority", "description")
    )
    scope = rows.recode("def_scope", same_codes("def_scope"), "def_scope")
    states = {code: code for code in codelists.oas_states()}
    return rows.tidy(
        ref_area=rows.recode("ref_area", label_table(states, "the list of areas"), "ref_area"),
        indicator=rows.recode("indicator", same_codes("indicator"), "indicator"),
        time_basis=rows.recode("time_basis", same_codes("time_basis"), "time_basis"),
        time_period=raw["time_period"].array,
        def_scope=scope.fillna(source.def_scope),  # of a row that is kept out for it
        comment=pd.Categorical(authority + ": " + description),
        locator=place + ", row " + raw["row"].astype("str"),
        **rows.figure("value"),
    )
