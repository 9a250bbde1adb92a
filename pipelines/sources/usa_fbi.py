"""FBI, United States: trafficking offences that police agencies reported, summed by state.

Authority: Federal Bureau of Investigation, Uniform Crime Reporting (UCR) Program. The file gives a
row to each agency, kind of offence and month, but does not print the month.
Counted: offences, in the year for which an agency reports them. They are not victims. The UCR
Program calls trafficking what fits the Palermo Protocol (FBI, Human Trafficking, 2015): commercial
sex acts induced by force, fraud or coercion, or by whatever means if the person is under 18 (SX);
recruitment, harbouring, transport or provision by force, fraud or coercion into involuntary
servitude, peonage, debt bondage or slavery (FL). So the scope is PALERMO; the wider one of the
Bureau of Justice Statistics, with other sexual exploitation of children, is not behind this file.

Rows that are alike to the letter are different months and all count: with the 927 that repeat
another one, the sums of Alaska (12) and Minnesota (235) in 2016 are those of the FBI's own table.
A negative count takes back what an agency reported earlier.
An agency has rows for the months in which it recorded an offence, and no others: no row is no zero.
Tribal police stand in their states; the file has no federal agencies and no territories.
The download was last changed on 6 September 2021, as the Crime Data Explorer said (quoted with its
4,417 rows in darkwatch.io, The Digital Front Door for FBI UCR-HT Data): its date of release here.
"""

from typing import Final

from pipelines.reader.rows import File, Rows, Tidy, label_table, subdivision_spellings
from schemas.source import Layout, Source, Translation, Words

HERE: Final = "in pipelines/sources/usa_fbi.py"
OFFENCE: Final = {"Human Trafficking": "OFF_RECORDED"}
FORM: Final = {"81 Commercial Sex Acts": "SX", "82 Involuntary Servitude": "FL"}
"""Numbers and names of the kinds of offence."""

COUNTED: Final = (
    "DATA_YEAR", "STATE_ABBR", "OFFENSE_SUBCAT_ID", "OFFENSE_NAME", "OFFENSE_SUBCAT_NAME",
)  # fmt: skip
"""The columns of which each combination has one sum."""

SOURCE: Final = Source(
    id="usa_fbi",
    publisher="Federal Bureau of Investigation (FBI), Uniform Crime Reporting Program",
    title="Human trafficking offenses by agency",
    title_in=Translation(
        es="Delitos de trata de personas por organismo policial",
        pt="Crimes de tráfico de pessoas por órgão policial",
        fr="Infractions de traite des personnes par service de police",
    ),
    citation="FBI, Crime Data Explorer, Human Trafficking; summed by state by tipstat",
    licence=Words(
        en="No licence is stated in the file; a work of the United States government, free of "
        "copyright there",
        es="El archivo no indica licencia; obra del Gobierno de los Estados Unidos, allí sin "
        "derechos de autor",
        pt="O arquivo não indica licença; obra do governo dos Estados Unidos, lá livre de direitos "
        "autorais",
        fr="Le fichier n’indique aucune licence\u202f; œuvre du gouvernement des États-Unis, libre "
        "de droits dans ce pays",
    ),
    address="https://cde.ucr.cjis.gov/LATEST/webapp/#/pages/downloads",
    by_hand="On the page of downloads choose the data set of human trafficking, unpack the zip "
    "file, and add the CSV file in it whose name begins with HT_.",
    page="https://ucr.fbi.gov/crime-in-the-u.s/2015/crime-in-the-u.s.-2015/additional-reports/"
    "human-trafficking/humantrafficking_-2015-_final",
    cadence="every year",
    cadence_days=365,
    coll_method="POLICE",
    time_basis="CY",
    def_scope="PALERMO",
    counted=Words(
        en="Offences, in the year for which a police agency reported them to the FBI, summed by "
        "state",
        es="Delitos, en el año respecto del cual un organismo policial los comunicó al FBI, "
        "sumados por estado",
        pt="Crimes, no ano a que se refere a comunicação de um órgão policial ao FBI, somados por "
        "estado",
        fr="Infractions, l’année pour laquelle un service de police les a déclarées au FBI, "
        "additionnées par État fédéré",
    ),
    caveats=(
        "Offences, not victims: one offence may have several victims.",
        "Agencies report of their own will, and ever more of them do: 9 have rows for 2013 and 503 "
        "for 2020. Neither years nor states can be compared.",
        "A state without a figure is no zero: the file does not tell agencies without an offence "
        "from those that did not report. California and New York are in no year.",
        "Rows that look the same are different months of one agency, so all of them count.",
        "Agencies take offences back by negative counts, which are in the sums.",
        "The FBI printed other totals before and after: 257 offences for Texas in 2016, where this "
        "file has 259; 1,234 for the whole country in 2016 (usa_sdg), where it has 1,280.",
        "There are no federal agencies and no territories in the file.",
    ),
    layouts=(
        Layout(
            file="HT_2013-2020.csv",
            header=(
                "DATA_YEAR", "ORI", "PUB_AGENCY_NAME", "PUB_AGENCY_UNIT", "AGENCY_TYPE_NAME",
                "STATE_ABBR", "STATE_NAME", "DIVISION_NAME", "COUNTY_NAME", "REGION_NAME",
                "POPULATION_GROUP_CODE", "POPULATION_GROUP_DESC", "OFFENSE_SUBCAT_ID",
                "OFFENSE_NAME", "OFFENSE_SUBCAT_NAME", "ACTUAL_COUNT", "UNFOUNDED_COUNT",
                "CLEARED_COUNT", "JUVENILE_CLEARED_COUNT",
            ),
            used=(*COUNTED, "ACTUAL_COUNT"),
            minimum_rows=385,
        ),
    ),
    number_locale="en_US",
)  # fmt: skip


def tidy(file: File) -> Tidy:
    """The offences of each year, state and form, in our codes."""
    rows = Rows(file, SOURCE)
    rows.sum(("ACTUAL_COUNT",), by=COUNTED)
    form = label_table(FORM, f"FORM {HERE}")
    return rows.tidy(
        ref_area=rows.recode("STATE_ABBR", label_table(*subdivision_spellings("USA")), "ref_area"),
        indicator=rows.recode("OFFENSE_NAME", label_table(OFFENCE, f"OFFENCE {HERE}"), "indicator"),
        time_period=rows.raw["DATA_YEAR"].array,
        exploitation=rows.recode(
            ("OFFENSE_SUBCAT_ID", "OFFENSE_SUBCAT_NAME"),
            lambda number, name: form(f"{number} {name}"),
            "exploitation",
        ),
        **rows.figure("ACTUAL_COUNT"),
    )
