"""INE, Paraguay: complaints of trafficking received, the national alternative to SDG 16.2.2.

Authority: Instituto Nacional de Estadística, from the Ministerio Público's register of cases
(SIGEFI). The page of the indicator prints one table: a year and the complaints received in it.
Counted: complaints, in the year in which the prosecution service received them, founded or not.
They are not victims: one complaint may name several, or none. Status D: the page gives them in
place of the victims for which the indicator of the SDG asks.
Law 4788 of 2012 punishes the act for its purpose; means such as force or deceit only aggravate it
(US Department of State, Trafficking in Persons Report 2020, Paraguay).
Whole numbers are printed with a decimal comma: 79,0 is 79, not 790.
The page offers no file. The table was typed into one, as printed. The page says that it was updated
in October 2023, without a day: the last day of the month stands for it.
"""

from typing import Final

from pipelines.reader.rows import File, Rows, Tidy
from schemas.source import Layout, Source, Words

PAGE: Final = (
    "https://ods.ine.gov.py/ine-main/ods/paz-justicias-e-instituciones-solidas-16/meta-16.2/"
    "indicador-289"
)

SOURCE: Final = Source(
    id="pry_ine",
    publisher="Instituto Nacional de Estadística (INE), Paraguay",
    title="ODS 16.2.2 alternativo: denuncias recibidas por trata de personas",
    language="es",
    citation="INE Paraguay, ODS Paraguay, indicador 16.2.2 alternativo",
    licence=Words(
        en="No licence is stated on the page",
        es="La página no indica licencia",
        pt="A página não indica licença",
        fr="La page n’indique aucune licence",
    ),
    address=PAGE,
    typed=True,
    by_hand="The page prints the table and offers no file. Type it into a CSV file with the "
    "columns Año and Denuncias recibidas, each figure as printed and in quotation marks.",
    page=PAGE,
    cadence="every year",
    cadence_days=365,
    coll_method="PROSEC",
    time_basis="CY",
    release_day="ASSIGNED",
    def_scope="NOMEANS",
    counted=Words(
        en="Complaints, in the year in which the prosecution service received them",
        es="Denuncias, en el año en que el Ministerio Público las recibió",
        pt="Denúncias, no ano em que o Ministério Público as recebeu",
        fr="Plaintes, l’année où le parquet les a reçues",
    ),
    caveats=(
        "Complaints received, founded or not: neither victims nor cases brought to court.",
        "The law of 2012 needs no force, threat or deceit, even for adult victims.",
        "Elsewhere the prosecution service gives other numbers of cases, such as 141 for 2019, "
        "where the page prints 132 complaints.",
    ),
    layouts=(
        Layout(
            file="indicador-289.csv",
            header=("Año", "Denuncias recibidas"),
            minimum_rows=8,
        ),
    ),
    number_locale="es_PY",
)


def tidy(file: File) -> Tidy:
    """The complaints of each year, in our codes."""
    rows = Rows(file, SOURCE)
    return rows.tidy(
        ref_area="PRY",
        indicator="COMPLAINTS",
        time_period=rows.raw["Año"].array,
        **rows.figure("Denuncias recibidas"),
    )
