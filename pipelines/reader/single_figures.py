"""Read tables of single figures that were typed one by one, each with its place in a document."""

import pandas as pd

from pipelines.reader.labels import same_codes, states
from pipelines.reader.rows import Rows, Tidy
from schemas.table import SingleFigures


def tidy_single_figures(rows: Rows, table: SingleFigures) -> Tidy:
    """Return a table of single figures in our codes.

    Beside those that `table` names it has the columns `description`, what a figure counts, and
    `address`, of its page, if each has its own.
    """
    raw = rows.raw
    for column in (table.authority, table.place, "description", *table.required):
        rows.reject(
            raw[column] == "",
            "labels_are_readable",
            column,
            "says nothing: a figure needs its source",
        )
    printed = raw[table.place].astype("str")
    if "address" in raw:
        address = raw["address"].astype("str")
        is_page = address.str.fullmatch(r"https?://[\w.-]+\.\w{2,}/\S+")
        rows.reject(
            ~is_page, "labels_are_readable", "address", "not the address of a page: type it"
        )
        printed = address + ", " + printed
    scope = rows.recode("def_scope", same_codes("def_scope"), "def_scope")
    return rows.tidy(
        ref_area=rows.recode("ref_area", states(), "ref_area"),
        indicator=rows.recode("indicator", same_codes("indicator"), "indicator"),
        time_basis=rows.recode("time_basis", same_codes("time_basis"), "time_basis"),
        time_period=raw["time_period"].array,
        def_scope=scope.fillna(rows.source.def_scope),  # of a row that is kept out for it
        comment=pd.Categorical(
            raw[table.authority].astype("str") + ": " + raw["description"].astype("str")
        ),
        locator=printed + ", row " + raw["row"].astype("str"),
        **rows.figure("value"),
    )
