"""Statistics Canada, SDG indicator 16.2.2: incidents of trafficking per 100,000 population.

Authority: Statistics Canada, on its platform of the Sustainable Development Goals, from a custom
tabulation of the Uniform Crime Reporting (UCR) Survey.
Counted: incidents that the police recorded, in the year of the record, for each 100,000
inhabitants. The indicator of the SDG asks for victims; an incident is none, and may have several.
Two violations are counted together: 1525 of the Criminal Code (sections 279.01, 279.011, 279.02,
279.03) and 6510 of the Immigration and Refugee Protection Act (IRPA). The Criminal Code wants an
act and the purpose of exploitation but no means, even for adult victims (Department of Justice,
evidence to the Standing Committee on the Status of Women, 44th Parliament, meeting 56): NOMEANS.
The IRPA wants means and a border, but no exploitation (the same evidence). It is the smaller part:
in 2022 the rate is that of 597 incidents, 528 of them of the Criminal Code. So the total is not
TRANSNAT; that it is mixed is a caveat.
The platform cites section 117 of the IRPA, which is about smuggling; trafficking is section 118.
The violation is called "Human Trafficking", and the Department of Justice and Statistics Canada's
articles name the offence of trafficking, so smuggling is taken to be no part of it.
The file bears no date: that of the last change to the platform's repository stands for it.
"""

from typing import Final

from pipelines.reader.rows import File, Rows, Tidy
from schemas.source import Break, Layout, Source, Translation, Words

SOURCE: Final = Source(
    id="can_sdg",
    publisher="Statistics Canada",
    title="SDG indicator 16.2.2: human trafficking incidents reported per 100,000 population",
    publisher_in=Translation(
        es="Statistics Canada",
        pt="Statistics Canada",
        fr="Statistique Canada",
    ),
    title_in=Translation(
        es="Indicador 16.2.2 de los ODS: incidentes de trata de personas informados por cada "
        "100\u00a0000 habitantes",
        pt="Indicador 16.2.2 dos ODS: ocorrências de tráfico de pessoas informadas por 100 mil "
        "habitantes",
        fr="Indicateur 16.2.2 des ODD\u202f: affaires de traite des personnes déclarées pour "
        "100\u00a0000 habitants",
    ),
    citation="Statistics Canada, Sustainable Development Goals data hub, indicator 16.2.2",
    licence=Words(
        en="Statistics Canada Open Licence",
        es="Licencia abierta de Statistics Canada",
        pt="Licença aberta do Statistics Canada",
        fr="Licence ouverte de Statistique Canada",
    ),
    address="https://raw.githubusercontent.com/sdg-data-canada-odd-donnees/sdg-data-donnees-odd/"
    "HEAD/data/indicator_16-2-2.csv",
    page="https://sdg-data-canada-odd-donnees.github.io/sdg-odd-dev/16-2-2",
    cadence="every year",
    cadence_days=365,
    coll_method="POLICE",
    time_basis="CY",
    def_scope="NOMEANS",
    counted=Words(
        en="Incidents, in the year in which the police recorded them, for each 100,000 inhabitants",
        es="Incidentes, en el año en que la policía los registró, por cada 100\u202f000 habitantes",
        pt="Ocorrências, no ano em que a polícia as registrou, por 100 mil habitantes",
        fr="Affaires, l’année où la police les a enregistrées, pour 100\u202f000 habitants",
    ),
    caveats=(
        "Incidents, not victims: it is no rate of detected victims, though it stands under the "
        "indicator of the SDG that is one.",
        "Trafficking under the Criminal Code and across the border under the Immigration and "
        "Refugee Protection Act are counted together and not told apart.",
        "The offence of the Criminal Code needs no means such as force or deceit, even for adult "
        "victims; the purpose is exploitation.",
        "For the second offence the platform cites section 117 of the Act, which is about "
        "smuggling; trafficking is its section 118.",
        "Statistics Canada says that the police may undercount incidents, since they differ in how "
        "they report this violation.",
    ),
    known_breaks=(
        Break(
            ref_area="CAN",
            indicator="INC_RECORDED_RATE",
            time_period="2018",
            reason="CAN_FOUNDED_2018",
        ),
    ),
    layouts=(
        Layout(file="indicator_16-2-2.csv", header=("Year", "Value"), minimum_rows=10),
    ),
    number_locale="en_CA",
)  # fmt: skip


def tidy(file: File) -> Tidy:
    """The rate of each year, in our codes."""
    rows = Rows(file, SOURCE)
    return rows.tidy(
        ref_area="CAN",
        indicator="INC_RECORDED_RATE",
        time_period=rows.raw["Year"].array,
        **rows.figure("Value"),
    )
