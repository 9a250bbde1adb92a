"""Figures that authorities publish in a page only: no file, no series, one figure at a time.

Authorities: each row names its own, and the address of the page. Only pages of the authority
itself are in the table; what newspapers or others repeat is not, nor what stands in the reports of
the US Department of State (usa_tip_report).
Counted: what the page says it counts; `description` says it in our words.
The table was typed by hand and was closed on the day of its release.

Bureau of Justice Statistics, United States: persons, in fiscal years from October; federal offences
include sexual exploitation of children and transport for illegal sexual activity (BROAD_SEX).
PROTEX, Argentina: complaints to the hotline 145. The page contradicts itself: 1,667 in 2021, 341
more than in 2020, and 1,346 in 2020 (1,667 - 341 = 1,326). So 2020 is not in the table.
Infojus, Argentina: persons rescued since the law of 2008 until mid-2015, one sum: CUM under 2015.
Apoyo a Víctimas, Chile: persons who entered the protocol of assistance. The page gives the
definition of Law 20.507, which is that of the Palermo Protocol.
Procurador de los Derechos Humanos, Guatemala: figures of the prosecution service, which it repeats:
possible victims and complaints. Of possible victims in 2017 it gives the difference alone.
The Penal Code (article 202 ter) asks for no means (NOMEANS).
"""

from typing import Final

import pandas as pd

from pipelines.reader.labels import label_table, same_codes
from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source
from schemas import codelists

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the table of figures in our codes."""
    rows = Rows(file, SOURCE)
    raw = rows.raw
    for column in ("publisher", "title", "page", "published", "description"):
        rows.reject(
            raw[column] == "",
            "labels_are_readable",
            column,
            "says nothing: a figure needs its source",
        )
    found = raw["address"].astype(str).str.fullmatch(r"https?://[\w.-]+\.\w{2,}/\S+")
    rows.reject(~found, "labels_are_readable", "address", "not the address of a page")
    scope = rows.recode("def_scope", same_codes("def_scope"), "def_scope")
    states = {code: code for code in codelists.oas_states()}
    return rows.tidy(
        ref_area=rows.recode("ref_area", label_table(states, "the list of areas"), "ref_area"),
        indicator=rows.recode("indicator", same_codes("indicator"), "indicator"),
        time_basis=rows.recode("time_basis", same_codes("time_basis"), "time_basis"),
        time_period=raw["time_period"].array,
        def_scope=scope.fillna(SOURCE.def_scope),  # of a row that is kept out for it
        comment=pd.Categorical(_joined(raw, "publisher", "description", sign=": ")),
        locator=_joined(raw, "address", "page", sign=", ") + ", row " + raw["row"].astype("str"),
        **rows.figure("value"),
    )


def _joined(raw: pd.DataFrame, one: str, other: str, sign: str) -> pd.Series:
    """Return the texts of two columns, joined."""
    return raw[one].astype("str") + sign + raw[other].astype("str")
