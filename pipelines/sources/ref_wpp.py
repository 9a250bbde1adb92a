"""United Nations, World Population Prospects: the denominator of rates.

Authority: United Nations, Department of Economic and Social Affairs, Population Division.
Counted: persons living in a state at mid-year, by sex, under 18 and from 18 on; sums of single
ages. Years after the release are projections (medium variant).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from pipelines.sources._toolbox import Rows, Tidy, label_table
from schemas import codelists
from schemas.source import Layout, Source, Words

SOURCE: Final = Source(
    id="ref_wpp",
    publisher="United Nations, Department of Economic and Social Affairs, Population Division",
    title="World Population Prospects: population by state, year, sex and broad age",
    citation="United Nations, DESA, Population Division, World Population Prospects",
    licence=Words(en="CC BY 3.0 IGO", es="CC BY 3.0 IGO", pt="CC BY 3.0 IGO", fr="CC BY 3.0 IGO"),
    address="https://population.un.org/wpp/",
    page="https://population.un.org/wpp/",
    cadence="every two years",
    cadence_days=730,
    coll_method="MODEL",
    time_basis="PIT",
    def_scope="UNKNOWN",
    counted=Words(
        en="Persons living in a state on 1 July",
        es="Personas que viven en un Estado el 1 de julio",
        pt="Pessoas que vivem em um Estado em 1º de julho",
        fr="Personnes vivant dans un État au 1er juillet",
    ),
    caveats=("Estimates; from the year of the release on, projections of the medium variant.",),
    header=("ref_area", "year", "sex", "age", "population"),
    minimum_rows=140,
    layout=Layout(file="wpp_oas.csv"),
    number_locale="en_US",
    contract="population",
)


def tidy(path: Path) -> Tidy:
    """The table of single states, years, sexes and broad ages, in our codes."""
    rows = Rows(path, SOURCE)
    figure = rows.figure("population")
    return rows.tidy(
        ref_area=rows.recode("ref_area", _same("area"), codelists.dtype("area")),
        time_period=rows.raw["year"].array,
        sex=rows.recode("sex", _same("sex"), codelists.dtype("sex")),
        age=rows.recode("age", _same("age"), codelists.dtype("age")),
        value=figure["value"],
        value_raw=figure["value_raw"],
    )


def _same(codelist: str) -> Callable[[str], str]:
    codes = codelists.codes(codelist)
    return label_table(dict(zip(codes, codes, strict=True)), f"schemas/codelists/{codelist}.csv")
