"""UN Statistics Division, SDG indicator 16.2.2: the release files of the global SDG database.

Authority: United Nations Statistics Division; the figures are UNODC's, of the questionnaire behind
the Global Report on Trafficking in Persons (GLOTIP), so they never confirm that source.
Counted: persons that the authorities detected as victims, in the year of detection.
Two forms of one release: tables with a column a year, a file a series, and a JSON document with a
record a figure. The table has a cell for each state, year, sex and age: a blank one says that
there is no figure, as the JSON document does by having no record; such cells are set aside.
The series differ in form of exploitation; only VC_HTF_DETV, all forms, lacks sex and age.

Figures under 5 are hidden here, zero included. These files print them, but UNODC, whose figures
they are, prints `<5` since: to publish or ship the older print would undo that. Beside UNODC's
files, the sexes and ages of a form and the forms of 2017 would give hidden figures away, which an
attack by subtraction found: these are withheld too. `value_latest_year` only repeats one of the
other cells, and is not read.

The files bear no date. 2019.Q2.G.01 names the second quarter of 2019: its last day stands for it.
Its year 2017 looks unfinished: Mexico 725, Argentina 97; UNODC printed 970 and 1,200 later.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from pipelines.reader.rows import (
    NOT_AN_OAS_STATE,
    WITHHELD,
    File,
    Rows,
    Tidy,
    UnknownLabelError,
    label_table,
    same_codes,
)
from schemas import codelists
from schemas.columns import per_category
from schemas.source import Layout, Source, Translation, Words

HIDDEN_BELOW: Final = 5
"""UNODC prints `<5` for these figures since 2023 at the latest."""

ALL_FORMS: Final = "VC_HTF_DETV"
UNFINISHED: Final = "2017"
FIGURE: Final = "value_numeric_part"
YEARS: Final = {f"value_{year}": str(year) for year in range(2003, 2018)}
SERIES: Final = {
    "VC_HTF_DETV": "_T",
    "VC_HTF_DETVSX": "SX",
    "VC_HTF_DETVFL": "FL",
    "VC_HTF_DETVOG": "OG",
    "VC_HTF_DETVOP": "OP",
}
MEANING: Final = {
    "unitsCode": ("NUMBER", "unit_fits_the_indicator", "not a count of persons"),
    "unitmultiplierCode": (
        "",
        "unit_fits_the_indicator",
        "counted in another unit than one person",
    ),
    "reportingTypeCode": (
        "G",
        "labels_are_known",
        "not of the global database: see how to tell it apart",
    ),
    "nature": (
        "C: Country data",
        "labels_are_known",
        "not the state's own figure: give it its obs_status",
    ),
    "natureCode": ("C", "labels_are_known", "not the state's own figure: give it its obs_status"),
}
"""What a column says of every figure that we know how to read, and the rule if it does not."""

SOURCE: Final = Source(
    id="int_unsd_sdg",
    publisher="United Nations Statistics Division (UNSD)",
    title="SDG indicator 16.2.2: detected victims of human trafficking, by age, sex and form",
    publisher_in=Translation(
        es="División de Estadística de las Naciones Unidas (UNSD)",
        pt="Divisão de Estatística das Nações Unidas (UNSD)",
        fr="Division de statistique des Nations Unies (UNSD)",
    ),
    title_in=Translation(
        es="Indicador 16.2.2 de los ODS: víctimas detectadas de la trata de personas, por edad, "
        "sexo y forma",
        pt="Indicador 16.2.2 dos ODS: vítimas detectadas do tráfico de pessoas, por idade, sexo "
        "e forma",
        fr="Indicateur 16.2.2 des ODD\u202f: victimes détectées de la traite des personnes, par "
        "âge, sexe et forme",
    ),
    citation="UNSD, Global SDG Indicators Database, indicator 16.2.2",
    licence=Words(
        en="No licence is stated in the files; United Nations terms of use apply",
        es="Los archivos no indican licencia; rigen las condiciones de uso de las Naciones Unidas",
        pt="Os arquivos não indicam licença; valem os termos de uso das Nações Unidas",
        fr="Les fichiers n’indiquent aucune licence\u202f; les conditions d’utilisation des "
        "Nations Unies s’appliquent",
    ),
    address="https://unstats.un.org/sdgapi/v1/sdg/Series/Data?seriesCode=VC_HTF_DETV",
    by_hand="The address answers in another form than is read here. Take the release files of the "
    "five series, csv_Indicator_16.2.2_Series_VC_HTF_DETV.csv and those with SX, FL, OG and OP "
    "behind DETV, from the folder data/unsd/<release> of github.com/UNStats/FIS4SDGs_New, and add "
    "each to the same release.",
    page="https://worldbank.github.io/sdg-metadata/metadata/en/16-2-2",
    cadence="every quarter; trafficking once a year",
    cadence_days=365,
    coll_method="QUEST",
    time_basis="CY",
    release_day="ASSIGNED",
    reprints="int_unodc_glotip",
    def_scope="PALERMO",
    counted=Words(
        en="Persons, in the year in which the authorities detected them as victims: UNODC’s "
        "figures, as they stood earlier",
        es="Personas, en el año en que las autoridades las detectaron como víctimas: cifras de la "
        "UNODC, tal como estaban antes",
        pt="Pessoas, no ano em que as autoridades as detectaram como vítimas: números do UNODC, "
        "como estavam antes",
        fr="Personnes, l’année où les autorités les ont détectées comme victimes\u202f: chiffres "
        "de l’ONUDC, dans un état antérieur",
    ),
    caveats=(
        "The figures are those that states gave to UNODC: an older print of int_unodc_glotip, "
        "never a second confirmation of it.",
        "The files print figures under 5; they are hidden here, since UNODC hides them by now.",
        "Sexes and ages of the forms, and the forms of 2017, are withheld: beside UNODC’s own "
        "files they would give hidden figures away.",
        "The figures of 2017 look unfinished: UNODC printed greater ones later.",
        "A person may be counted in more than one form of exploitation.",
        "Figures of a state from different kinds of sources should not be compared (UNSD's note).",
    ),
    layouts=(
        Layout(
            file="csv_Indicator_16.2.2_Series_VC_HTF_DETV.csv",
            delimiter="\t",
            header=(
                "goal", "target", "indicator", "seriesCode", "seriesDesc", "release",
                "geoAreaCode", "geoAreaName", "parentCode", "parentName", "type", "ISO3",
                "UN_Member", "X", "Y", "ageCode", "ageDesc", "sexCode", "sexDesc", "unitsCode",
                "unitsDesc", "unitmultiplierCode", "unitmultiplierDesc", "reportingTypeCode",
                "reportingTypeDesc", "valueDetails", "footnotes", "sources", "timeDetails",
                "nature", *YEARS, "value_latest_year", "latest_year",
            ),
            used=(
                "seriesCode", "release", "geoAreaCode", "geoAreaName", "ISO3", "ageCode",
                "sexCode", "unitsCode", "unitmultiplierCode", "reportingTypeCode", "footnotes",
                "sources", "nature", *YEARS,
            ),
            minimum_rows=35,
        ),
        Layout(
            file="Indicator_16.2.2_Series_VC_HTF_DETV.json",
            header=(
                "goal", "target", "indicator", "seriesCode", "seriesDesc", "release",
                "geoAreaCode", "geoAreaName", "level", "parentCode", "parentName", "type",
                "Country_Profile", "ISO3", "UN_Member", "X", "Y", "areaName", "timePeriod",
                "timeDetail", "source", "footnotes", "natureCode", "natureDesc", "unitsCode",
                "unitsDesc", "ageCode", "ageDesc", "sexCode", "sexDesc", "reportingTypeCode",
                "reportingTypeDesc", FIGURE, "value_is_censored", "value_detail",
            ),
            used=(
                "seriesCode", "release", "geoAreaCode", "geoAreaName", "ISO3", "timePeriod",
                "footnotes", "source", "natureCode", "unitsCode", "ageCode", "sexCode",
                "reportingTypeCode", FIGURE,
            ),
            minimum_rows=35,
        ),
    ),
    number_locale="en_US",
)  # fmt: skip


def tidy(file: File) -> Tidy:
    """A release file of one series in our codes, whichever of its two forms it has."""
    rows = Rows(file, SOURCE, flatten)
    if FIGURE in rows.raw:
        _hide(rows, {FIGURE: (rows.raw["timePeriod"] == UNFINISHED).to_numpy()})
    else:
        _hide(rows, {column: year == UNFINISHED for column, year in YEARS.items()})
        rows.melt(YEARS, into="timePeriod", figure=FIGURE)
    figures = rows.figure(FIGURE)
    blank = (rows.raw[FIGURE] == "").to_numpy()
    rows.set_aside(_is_elsewhere(rows), NOT_AN_OAS_STATE)
    rows.set_aside(blank, "no_figure_printed")
    rows.set_aside(rows.raw[FIGURE] == WITHHELD, "would_tell_hidden_figures")
    for column, (known, rule, message) in MEANING.items():
        if column in rows.raw:
            rows.reject(~blank & (rows.raw[column] != known), rule, column, message)
    known_series = label_table(SERIES, "SERIES in pipelines/sources/int_unsd_sdg.py")
    return rows.tidy(
        ref_area=rows.recode(("geoAreaCode", "ISO3"), _state(), "ref_area"),
        indicator="VIC_DETECT",
        time_period=rows.raw["timePeriod"].array,
        sex=rows.recode("sexCode", same_codes("sex"), "sex"),
        age=rows.recode("ageCode", same_codes("age"), "age"),
        exploitation=rows.recode("seriesCode", known_series, "exploitation"),
        **figures,
    )


def _hide(rows: Rows, unfinished: Mapping[str, np.ndarray | bool]) -> None:
    """Hides what UNODC hides by now, and withholds what would tell it beside UNODC's files.

    `unfinished` has the columns of figures, and where they are of the unfinished year.
    """
    rows.hide_below(HIDDEN_BELOW, list(unfinished))
    is_form = (rows.raw["seriesCode"] != ALL_FORMS).to_numpy()
    is_part = ((rows.raw["sexCode"] != "_T") | (rows.raw["ageCode"] != "_T")).to_numpy()
    rows.withhold({name: is_form & (is_part | year) for name, year in unfinished.items()})


def flatten(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures of a JSON document, each with what is said of its area and of the series.

    A censored figure is a bound: what was printed, such as `<5`, stands in its detail.
    """
    areas = document.pop("refAreas")
    return [
        document
        | {name: said for name, said in area.items() if name != "data"}
        | point
        | ({FIGURE: point["value_detail"]} if point["value_is_censored"] else {})
        for area in areas
        for point in area["data"]
    ]


def _is_elsewhere(rows: Rows) -> np.ndarray:
    """Return whether neither code of a row is of an OAS state; a region has no ISO 3166-1 code."""
    states = set(codelists.oas_states())
    numbers = _numbers()
    by_number = per_category(
        rows.raw["geoAreaCode"], lambda code: numbers.get(code.zfill(3)) in states
    )
    return ~(by_number | rows.raw["ISO3"].isin(states).to_numpy())


def _state() -> Callable[[str, str], str]:
    numbers = _numbers()

    def to_code(number: str, iso3: str) -> str:
        if numbers.get(number.zfill(3)) != iso3:
            raise UnknownLabelError(
                "labels_are_known", f"M49 number {number} and ISO3 '{iso3}' do not agree"
            )
        return iso3

    return to_code


def _numbers() -> dict[str, str]:
    """The alpha-3 code of each M49 number."""
    area = codelists.load("area")
    return dict(zip(area["m49"], area["code"], strict=True))
