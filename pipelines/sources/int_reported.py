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

from pipelines.reader.rows import File, Rows, Tidy, label_table, same_codes
from schemas import codelists
from schemas.source import Layout, Source, Translation, Words

SOURCE: Final = Source(
    id="int_reported",
    publisher="Several authorities, named in the data files",
    title="Official figures that stand in a page only",
    publisher_in=Translation(
        es="Varias autoridades, nombradas en los archivos de datos",
        pt="Várias autoridades, nomeadas nos arquivos de dados",
        fr="Plusieurs autorités, nommées dans les fichiers de données",
    ),
    title_in=Translation(
        es="Cifras oficiales que figuran solo en una página web",
        pt="Números oficiais que constam apenas de uma página web",
        fr="Chiffres officiels qui ne figurent que dans une page web",
    ),
    citation="Figures of several authorities, each in the page that its row names",
    licence=Words(
        en="Public pages of authorities; most state no licence",
        es="Páginas públicas de autoridades; la mayoría no indica licencia",
        pt="Páginas públicas de autoridades; a maioria não indica licença",
        fr="Pages publiques d’autorités\u202f; la plupart n’indiquent aucune licence",
    ),
    # There is no one address: that of the page with the most figures stands for all.
    address="https://ojp.gov/library/publications/human-trafficking-data-collection-activities-2024",
    typed=True,
    by_hand="Each figure has a page of its own. Type it, as printed, into the table with the "
    "columns ref_area, indicator, time_basis, time_period, value, def_scope, publisher, title, "
    "address, page (where it stands there), published and description, and enter the whole "
    "table as a new release.",
    page="https://ojp.gov/library/publications/human-trafficking-data-collection-activities-2024",
    cadence="whenever an authority publishes a figure in a page",
    cadence_days=365,
    coll_method="MULTI",
    time_basis="CY",
    def_scope="UNKNOWN",
    counted=Words(
        en="What the page counts, in the year or since the date that it names",
        es="Lo que cuenta la página, en el año o desde la fecha que indica",
        pt="O que a página conta, no ano ou desde a data que indica",
        fr="Ce que compte la page, dans l’année ou depuis la date qu’elle indique",
    ),
    caveats=(
        "Single figures of different authorities: neither a series nor comparable.",
        "PROTEX’s page contradicts itself on 2020 (1,346, but 341 fewer than 1,667), so that year "
        "is left out; the Ministry of Justice’s file (arg_linea145) has 1,749 complaints in 2021.",
        "Argentina’s 8,551 rescued persons are a sum from 2008 to mid-2015, not a figure of 2015.",
        "Guatemala’s figures are the prosecution service’s, repeated by the ombudsman; the victims "
        "are possible victims.",
        "Chile’s figures are of persons who entered the protocol of assistance, not of all victims "
        "identified.",
    ),
    layouts=(
        Layout(
            file="official_figures.csv",
            header=(
                "ref_area", "indicator", "time_basis", "time_period", "value", "def_scope",
                "publisher", "title", "address", "page", "published", "description",
            ),
            minimum_rows=10,
        ),
    ),
    number_locale="en_US",
    release_day="RETRIEVED",
)  # fmt: skip


def tidy(file: File) -> Tidy:
    """The table of figures in our codes."""
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
    """The texts of two columns, joined."""
    return raw[one].astype("str") + sign + raw[other].astype("str")
