"""STATIN, Jamaica: detected victims per 100,000 population, SDG indicator 16.2.2.

Authority: Statistical Institute of Jamaica, on its platform of the Sustainable Development Goals;
the platform names the Ministry of National Security as the source of the data.
Counted: persons detected as victims, in the year of detection, for each 100,000 inhabitants of the
same sex or age; the forms of exploitation are for each 100,000 of all inhabitants. The numbers of
victims and of inhabitants behind the rates are not printed.
One column holds all that a rate may be broken down by: sex, age or form, one at a time. Zeros are
printed, as 0.0 or 0.00, so a blank would be a missing rate.
The file bears no date: that of the last change to the platform's repository stands for it.
"""

from typing import Final

from pipelines.reader.rows import File, Rows, Tidy, label_table
from schemas.source import Layout, Source, Translation, Words

UNIT: Final = "Per 100,000 population"
LEVEL: Final = {
    "Total": {},
    "Male": {"sex": "M"},
    "Female": {"sex": "F"},
    "17 Years and Under": {"age": "Y0T17"},
    "18 Years and Older": {"age": "Y_GE18"},
    "Type of Exploitation - Sexual": {"exploitation": "SX"},
    "Type of Exploitation - Labour": {"exploitation": "FL"},
}
"""What a level of disaggregation says of sex, age and form; what it does not say is the total."""

SOURCE: Final = Source(
    id="jam_statin",
    publisher="Statistical Institute of Jamaica (STATIN)",
    title="SDG indicator 16.2.2: victims of human trafficking per 100,000 population",
    title_in=Translation(
        es="Indicador 16.2.2 de los ODS: víctimas de la trata de personas por cada 100\u00a0000 "
        "habitantes",
        pt="Indicador 16.2.2 dos ODS: vítimas do tráfico de pessoas por 100 mil habitantes",
        fr="Indicateur 16.2.2 des ODD\u202f: victimes de la traite des personnes pour "
        "100\u00a0000 habitants",
    ),
    citation="STATIN, Jamaica’s SDG platform, indicator 16.2.2",
    licence=Words(
        en="MIT licence of the platform’s repository",
        es="MIT, según el repositorio de la plataforma",
        pt="MIT, segundo o repositório da plataforma",
        fr="MIT, selon le dépôt de la plateforme",
    ),
    address="https://raw.githubusercontent.com/STATINJM/sdg-jm-data/HEAD/data/indicator_16-2-2.csv",
    page="https://github.com/STATINJM/sdg-jm-data",
    cadence="every year",
    cadence_days=365,
    coll_method="UNK",
    time_basis="CY",
    def_scope="PALERMO",
    counted=Words(
        en="Persons detected as victims in the year, for each 100,000 inhabitants of their sex or "
        "age",
        es="Personas detectadas como víctimas en el año, por cada 100\u202f000 habitantes de su "
        "sexo o edad",
        pt="Pessoas detectadas como vítimas no ano, por 100 mil habitantes do mesmo sexo ou idade",
        fr="Personnes détectées comme victimes dans l’année, pour 100\u202f000 habitants de leur "
        "sexe ou de leur âge",
    ),
    caveats=(
        "Rates show what authorities detect, not how much trafficking there is.",
        "Only rates are published, of few victims: one victim more or less changes them much.",
        "The platform does not say how the victims were counted, nor which population is used.",
        "Definition of the SDG indicator, which is that of the Palermo Protocol.",
    ),
    layouts=(
        Layout(
            file="indicator_16-2-2.csv",
            header=("Year", "Disaggregation Level", "Unit", "Value"),
            minimum_rows=28,
        ),
    ),
    number_locale="en_JM",
)


def tidy(file: File) -> Tidy:
    """The rates by year and by sex, age or form, in our codes."""
    rows = Rows(file, SOURCE)
    rows.reject(
        (rows.raw["Unit"] != UNIT).to_numpy(), "unit_fits_the_indicator", "Unit", f"not '{UNIT}'"
    )
    return rows.tidy(
        ref_area="JAM",
        indicator="VIC_DETECT_RATE",
        time_period=rows.raw["Year"].array,
        **{
            dimension: rows.recode(
                "Disaggregation Level",
                label_table(
                    {label: said.get(dimension, "_T") for label, said in LEVEL.items()},
                    "LEVEL in pipelines/sources/jam_statin.py",
                ),
                dimension,
            )
            for dimension in ("sex", "age", "exploitation")
        },
        **rows.figure("Value"),
    )
