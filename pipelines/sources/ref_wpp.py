"""United Nations, World Population Prospects: the denominator of rates.

Authority: United Nations, Department of Economic and Social Affairs, Population Division.
Counted: persons living in a state at mid-year, by sex, under 18 and from 18 on; sums of single
ages. Years after the release are projections (medium variant).
"""

from typing import Final

import numpy as np

from pipelines.reader.rows import File, Rows, Tidy, same_codes
from schemas.source import Layout, Source, Translation, Words

SOURCE: Final = Source(
    id="ref_wpp",
    publisher="United Nations, Department of Economic and Social Affairs, Population Division",
    title="World Population Prospects: population by state, year, sex and broad age",
    publisher_in=Translation(
        es="Naciones Unidas, Departamento de Asuntos Económicos y Sociales, División de Población",
        pt="Nações Unidas, Departamento de Assuntos Econômicos e Sociais, Divisão de População",
        fr="Nations Unies, Département des affaires économiques et sociales, Division de la "
        "population",
    ),
    title_in=Translation(
        es="Perspectivas de la Población Mundial: población por Estado, año, sexo y grandes grupos "
        "de edad",
        pt="Perspectivas da População Mundial: população por Estado, ano, sexo e grandes grupos de "
        "idade",
        fr="Perspectives de la population mondiale\u202f: population par État, année, sexe et "
        "grand groupe d’âge",
    ),
    citation="United Nations, DESA, Population Division, World Population Prospects",
    licence=Words(en="CC BY 3.0 IGO", es="CC BY 3.0 IGO", pt="CC BY 3.0 IGO", fr="CC BY 3.0 IGO"),
    address="https://population.un.org/wpp/",
    by_hand="Download the population by single age and sex (medium variant), sum the ages 0 to 17 "
    "and 18 and over for each state and year, and write them in the columns ref_area (ISO "
    "3166-1 alpha-3), year, sex (F, M), age (Y0T17, Y_GE18) and population.",
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
    layouts=(
        Layout(
            file="wpp_oas.csv",
            header=("ref_area", "year", "sex", "age", "population"),
            minimum_rows=140,
        ),
    ),
    number_locale="en_US",
    contract="population",
)


def tidy(file: File) -> Tidy:
    """The table of single states, years, sexes and broad ages, in our codes."""
    rows = Rows(file, SOURCE)
    figure = rows.figure("population")
    return rows.tidy(
        ref_area=rows.recode("ref_area", same_codes("area"), "ref_area"),
        time_period=rows.raw["year"].array,
        sex=rows.recode("sex", same_codes("sex"), "sex"),
        age=rows.recode("age", same_codes("age"), "age"),
        value=np.nan_to_num(figure["value"], nan=-1),  # no figure, which is kept out
        value_raw=figure["value_raw"],
    )
