"""US platform of the Sustainable Development Goals: trafficking offences reported to the FBI.

Authority: Federal Bureau of Investigation, Uniform Crime Reporting (UCR) Program; the General
Services Administration runs the platform.
Counted: offences, in the year for which police agencies report them. They are not victims. The UCR
Program calls trafficking what fits the Palermo Protocol: commercial sex acts induced by force,
fraud or coercion, or by whatever means if the person is under 18; and recruitment, harbouring,
transport or provision by force, fraud or coercion into involuntary servitude (FBI, Human
Trafficking, 2015). So the scope is PALERMO; the wider one of the Bureau of Justice Statistics, with
other sexual exploitation of children, is not behind these figures.
The FBI retired summary reports on 1 January 2021 (UCR Program Quarterly, February 2021).
Forms are printed for 2014 to 2016 only; those of 2014 and 2015 are two less than the total.
The platform dates the figures "September 2023", without a day: the last one stands for it.
"""

from typing import Final

from pipelines.reader.rows import File, Rows, Tidy, label_table
from schemas.source import Break, Layout, Source, Translation, Words

FORM: Final = {"": "_T", "com_sex_acts": "SX", "invol_serv": "FL"}

SOURCE: Final = Source(
    id="usa_sdg",
    publisher="Federal Bureau of Investigation (FBI) and General Services Administration (GSA)",
    title="SDG indicator 16.2.2: human trafficking offenses reported to the FBI UCR Program",
    publisher_in=Translation(
        es="Federal Bureau of Investigation (FBI) y General Services Administration (GSA)",
        pt="Federal Bureau of Investigation (FBI) e General Services Administration (GSA)",
        fr="Federal Bureau of Investigation (FBI) et General Services Administration (GSA)",
    ),
    title_in=Translation(
        es="Indicador 16.2.2 de los ODS: delitos de trata de personas informados al programa "
        "UCR del FBI",
        pt="Indicador 16.2.2 dos ODS: crimes de tráfico de pessoas informados ao programa UCR "
        "do FBI",
        fr="Indicateur 16.2.2 des ODD\u202f: infractions de traite des personnes déclarées au "
        "programme UCR du FBI",
    ),
    citation="FBI and GSA, US platform of the Sustainable Development Goals, indicator 16.2.2",
    licence=Words(
        en="CC0 1.0, as the platform’s repository says",
        es="CC0 1.0, según el repositorio de la plataforma",
        pt="CC0 1.0, segundo o repositório da plataforma",
        fr="CC0 1.0, selon le dépôt de la plateforme",
    ),
    address="https://raw.githubusercontent.com/GSA/sdg-data-usa/HEAD/data/indicator_16-2-2.csv",
    page="https://sdg.data.gov/16-2-2/",
    cadence="every year",
    cadence_days=365,
    coll_method="POLICE",
    time_basis="CY",
    release_day="ASSIGNED",
    def_scope="PALERMO",
    counted=Words(
        en="Offences, in the year for which police agencies reported them to the FBI",
        es="Delitos, en el año respecto del cual los organismos policiales los comunicaron al FBI",
        pt="Crimes, no ano a que se refere a comunicação dos órgãos policiais ao FBI",
        fr="Infractions, l’année pour laquelle les services de police les ont déclarées au FBI",
    ),
    caveats=(
        "Offences, not victims: one offence may have several victims.",
        "The FBI says that the figures are of agencies that reported trafficking in one month of "
        "the year or more, and cannot be considered nationally representative.",
        "Ever more agencies take part, so a rise need not mean that there is more trafficking.",
        "The FBI's own file of agencies (usa_fbi) is an earlier state of the same reports, and its "
        "sums differ: 1,280 offences in 2016, where the platform prints 1,234.",
        "The two forms of 2014, and those of 2015, add up to two offences less than the total.",
    ),
    known_breaks=(
        Break(
            ref_area="USA",
            indicator="OFF_RECORDED",
            time_period="2021",
            reason="USA_NIBRS_2021",
        ),
    ),
    layouts=(
        Layout(
            file="indicator_16-2-2.csv",
            header=("Year", "exploitation", "Value"),
            minimum_rows=15,
        ),
    ),
    number_locale="en_US",
)


def tidy(file: File) -> Tidy:
    """The offences of each year, in all and by form, in our codes."""
    rows = Rows(file, SOURCE)
    form = label_table(FORM, "FORM in pipelines/sources/usa_sdg.py")
    return rows.tidy(
        ref_area="USA",
        indicator="OFF_RECORDED",
        time_period=rows.raw["Year"].array,
        exploitation=rows.recode("exploitation", form, "exploitation"),
        **rows.figure("Value"),
    )
