"""The pages: true sentences, tables equal to charts, safe text, four whole languages.

`invented_warehouse` makes a small DuckDB file with what the pages read; all figures are invented.
"""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pandas as pd
import pytest

from pipelines.charts.series import Kind, Point, Series, notes
from pipelines.site import figures, sentences
from pipelines.site.build import build, read
from schemas import codelists

HOSTILE = '<a href="https://evil.example/">link</a></script><script>window.bad=1</script><b>&amp;'
AREAS = f"""
ARG|Argentina|Argentina|Argentina|Argentine
BRA|Brazil|Brasil|Brasil|Brésil
CHL|Chile|Chile|Chile|Chili
DMA|Dominica|Dominica|Dominica|Dominique
ECU|Ecuador|Ecuador|Equador|Équateur
GRD|Grenada|Granada|Granada|Grenade
HTI|Haiti|Haití|Haiti|Haïti
JAM|{HOSTILE}|{HOSTILE}|{HOSTILE}|{HOSTILE}
SLV|El Salvador|El Salvador|El Salvador|Salvador
USA|United States|Estados Unidos|Estados Unidos|États-Unis
"""
# state|indicator|year|printed|status|basis|break reason|previous release|previous figure
HEADLINE = """
ARG|VIC_DETECT|2014|120|A|CY|||
ARG|VIC_DETECT|2015|0|A|CY|||
ARG|VIC_DETECT|2016|1,521|A|CY|||
ARG|VIC_DETECT|2018|60|A|CY||2023-05-30|83
ARG|VIC_DETECT|2019|<5|Q|CY||2023-05-30|17
ARG|VIC_DETECT|2020|35|B|CY|LAW_2020||
ARG|VIC_DETECT|2021|50|A|CY|||
ARG|VIC_DETECT|2022|1,247|P|CY|||
ARG|PER_CONTACT|2014|40|A|CY|||
ARG|PER_CONTACT|2015|<5|Q|CY|||
ARG|PER_CONTACT|2016|52|A|CY||2023-05-30|<5
ARG|PER_PROSEC|2014|20|A|CY|||
ARG|PER_PROSEC|2015|1|A|CY|||
ARG|PER_CONVICT|2015|0|A|CY|||
BRA|VIC_DETECT|2020|1|A|FY0401|||
CHL|VIC_DETECT|2021|<5|Q|CY|||
CHL|VIC_DETECT|2022|<5|Q|CY|||
DMA|VIC_DETECT|2013|7|A|CY|||
ECU|PER_PROSEC|2022|3|E;B|CY|||
GRD|OFF_RECORDED|2012|5|A|CY|||
JAM|VIC_DETECT|2021|11|B|CY|HOSTILE||
JAM|VIC_DETECT|2022|12|A|CY|||
JAM|PER_CONVICT|2022|2|A|CY|||
USA|VIC_DETECT|2021|10,070|A|CY|||
USA|VIC_DETECT|2022|16,390|A|CY|||
"""
# state|indicator|year|rule
WITHHELD = """
ARG|VIC_DETECT|2017|V6
SLV|VIC_DETECT|2021|V6
"""
LISTS = {
    "indicator": "",
    "obs_status": "",
    "time_basis": "",
    "break_reason": f"""
LAW_2020|A new law widened the offence|Una nueva ley amplió el delito|Uma lei nova ampliou o crime|Une loi nouvelle a étendu l’infraction
HOSTILE|{HOSTILE}|{HOSTILE}|{HOSTILE}|{HOSTILE}
""",  # noqa: E501
}
NAMES = ["code", "name_en", "name_es", "name_pt", "name_fr"]
SOURCE = {
    "source": "int_tests",
    "publisher": "Office of Tests",
    "title": f"Yearbook {HOSTILE}",
    "citation": "Office of Tests, Yearbook",
    "licence": "CC BY 4.0",
    "address": "https://tests.example/yearbook.xlsx",
    "counted": "persons, in the year of the event",
}
RELEASE = "2025-04-14"
LANGUAGES = codelists.LANGUAGES


def table(text: str, columns: list[str]) -> pd.DataFrame:
    lines = csv.reader(io.StringIO(text.strip()), delimiter="|", quoting=csv.QUOTE_NONE)
    return pd.DataFrame(list(lines), columns=columns, dtype=object).replace("", None)


def exact(printed: pd.Series) -> pd.Series:
    """The printed figures as numbers; a suppressed one has none."""
    return pd.to_numeric(printed.str.replace(",", ""), errors="coerce")


def headline(text: str) -> pd.DataFrame:
    """`published.headline` with those figures."""
    columns = [
        "ref_area", "indicator", "time_period", "value_raw", "obs_status", "time_basis",
        "break_reason", "previous_release", "previous_value_raw",
    ]  # fmt: skip
    rows = table(text, columns)
    suppressed = rows["value_raw"].str.startswith("<")
    value = exact(rows["value_raw"])
    return rows.assign(
        source=SOURCE["source"],
        release=RELEASE,
        year=rows["time_period"].astype(int),
        value=value,
        lower=value.where(~suppressed, 0),
        upper=value.where(~suppressed, 4),
        conf_status=suppressed.map({True: "A", False: "F"}),
        previous_value=exact(rows["previous_value_raw"].astype("str")),
    )


def invented_warehouse(path: Path, figures: str = HEADLINE, withheld: str = WITHHELD) -> Path:
    """A DuckDB file with the views and lists that the pages read."""
    kept_out = table(withheld, ["ref_area", "indicator", "time_period", "rule"])
    tables = {
        "published.headline": headline(figures),
        "published.withheld": kept_out.assign(
            source=SOURCE["source"], release=RELEASE, message="a stand-in"
        ),
        "main.source": pd.DataFrame([SOURCE, {**SOURCE, "source": "ref_idle"}]),
        "codelist.area": table(AREAS, NAMES).assign(is_oas="1"),
        **{
            f"codelist.{name}": table(text, NAMES) if text else codelists.load(name)[NAMES]
            for name, text in LISTS.items()
        },
    }
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema published; create schema codelist")
        for name, frame in tables.items():
            connection.register("frame", frame)
            connection.execute(f"create table {name} as from frame")
            connection.unregister("frame")
    return path


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    return invented_warehouse(tmp_path_factory.mktemp("warehouse") / "tests.duckdb")


@pytest.fixture(scope="module")
def site(warehouse, tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    build(warehouse, out)
    return out


@pytest.fixture(scope="module")
def speakers(warehouse):
    return {language.code: language for language in read(warehouse).languages}


def tidy(text: str) -> str:
    """One space where HTML shows one; no-break spaces stay what they are."""
    return re.sub(r"[ \n]+", " ", text).strip(" ")


class Page(HTMLParser):
    """A page taken apart: its elements, the text of each, and its tables."""

    VOID = frozenset({"meta", "link", "br", "path", "circle", "!doctype"})

    def __init__(self, file: Path):
        super().__init__()
        self.text = file.read_text(encoding="utf-8")
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(self.text)
        assert not self.open, f"{file}: not closed: {[tag for tag, *_ in self.open]}"

    def handle_starttag(self, tag, attrs):
        """Opens an element, unless it has no content."""
        element = (tag, dict(attrs), [])
        self.elements.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        """An element without content."""
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        """Closes the element that was opened last."""
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        """Text, which belongs to all that is open."""
        for _, _, texts in self.open:
            texts.append(data)

    def all(self, tag: str, **wanted: str) -> list[tuple[dict[str, str | None], str]]:
        """Attributes and text of the elements of that name."""
        return [
            (attrs, tidy("".join(texts)))
            for name, attrs, texts in self.elements
            if name == tag and all(attrs.get(key) == value for key, value in wanted.items())
        ]

    def tables(self) -> list[list[list[str]]]:
        """The cells of each table, row by row, without the footnotes' numbers."""
        found: list[list[list[str]]] = []
        for tag, _, texts in self.elements:
            if tag == "table":
                found.append([])
            elif tag == "tr":
                found[-1].append([])
            elif tag in ("th", "td"):
                found[-1][-1].append(tidy("".join(texts)))
        return found

    def charts(self) -> list[dict]:
        """The Plotly figures that the page carries."""
        return [json.loads(text) for _, text in self.all("script", type="application/json")]


def page(site: Path, code: str, language: str = "en") -> Page:
    return Page(site / language / "country" / f"{code.lower()}.html")


def every_page(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


# Sentences ----------------------------------------------------------------------------------


def detected(*points: Point) -> Series:
    return Series("VIC_DETECT", points)


def figure(value: float, year: int = 2022, **more: object) -> Point:
    return Point(year, Kind.FIGURE, value=value, basis="CY", **more)


SENTENCES = [
    (figure(0), "Peru: 0 detected victims in 2022", "Perú: 0 víctimas detectadas en 2022",
     "Peru: 0 vítimas detectadas em 2022", "Pérou\u00a0: 0 victime détectée en 2022"),
    (figure(1), "Peru: 1 detected victim in 2022", "Perú: 1 víctima detectada en 2022",
     "Peru: 1 vítima detectada em 2022", "Pérou\u00a0: 1 victime détectée en 2022"),
    (figure(2), "Peru: 2 detected victims in 2022", "Perú: 2 víctimas detectadas en 2022",
     "Peru: 2 vítimas detectadas em 2022", "Pérou\u00a0: 2 victimes détectées en 2022"),
    (figure(1247), "Peru: 1\u202f247 detected victims in 2022",
     "Perú: 1\u202f247 víctimas detectadas en 2022",
     "Peru: 1\u202f247 vítimas detectadas em 2022",
     "Pérou\u00a0: 1\u202f247 victimes détectées en 2022"),
    (figure(9, status=("P",)), "Peru: 9 detected victims in 2022 (provisional figure)",
     "Perú: 9 víctimas detectadas en 2022 (cifra provisional)",
     "Peru: 9 vítimas detectadas em 2022 (número provisório)",
     "Pérou\u00a0: 9 victimes détectées en 2022 (chiffre provisoire)"),
    (Point(2022, Kind.SUPPRESSED, basis="CY"),
     "Peru: fewer than 5 detected victims in 2022, suppressed by the publisher",
     "Perú: menos de 5 víctimas detectadas en 2022, cifra suprimida por la fuente",
     "Peru: menos de 5 vítimas detectadas em 2022, número suprimido pela fonte",
     "Pérou\u00a0: moins de 5 victimes détectées en 2022, chiffre masqué par la source"),
    (Point(2022), "Peru: no figure on detected victims in the sources read so far",
     "Perú: sin cifras de víctimas detectadas en las fuentes leídas hasta ahora",
     "Peru: sem números de vítimas detectadas nas fontes lidas até agora",
     "Pérou\u00a0: aucun chiffre sur les victimes détectées dans les sources lues à ce jour"),
]  # fmt: skip


@pytest.mark.parametrize(("point", *LANGUAGES), SENTENCES)
def test_headline_for_none_one_few_and_many(point, en, es, pt, fr, speakers):
    peru = {"en": "Peru", "es": "Perú", "pt": "Peru", "fr": "Pérou"}
    said = {
        code: sentences.victims_headline(detected(point), peru[code], speakers[code])
        for code in LANGUAGES
    }
    assert said == {"en": en, "es": es, "pt": pt, "fr": fr}


def test_headline_is_about_the_last_year_with_a_figure(speakers):
    series = detected(figure(7, 2019), Point(2020), Point(2021, Kind.WITHHELD, rule="V6"))
    said = sentences.victims_headline(series, "Peru", speakers["en"])
    assert said == "Peru: 7 detected victims in 2019"


def test_headline_says_when_a_year_is_not_a_calendar_year(speakers):
    point = Point(2022, Kind.FIGURE, value=5, basis="FY0401", status=("E",))
    assert sentences.victims_headline(detected(point), "Canadá", speakers["es"]) == (
        "Canadá: 5 víctimas detectadas en 2022 "
        "(cifra estimada por la fuente, año fiscal, de abril a marzo)"
    )


CHAIN = [
    Series("PER_CONTACT", (figure(40, 2021), Point(2022, Kind.SUPPRESSED))),
    Series("PER_PROSEC", (figure(1, 2021), Point(2022))),
    Series("PER_CONVICT", (Point(2021), Point(2022))),
]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Peru, latest figures: fewer than 5 persons brought into formal contact (2022), "
               "1 person prosecuted (2021), no figure on convictions"),
        ("es", "Peru, últimas cifras: menos de 5 personas en contacto formal (2022), "
               "1 persona procesada (2021), sin cifras de condenas"),
        ("pt", "Peru, números mais recentes: menos de 5 pessoas em contato formal (2022), "
               "1 pessoa processada (2021), sem números de condenações"),
        ("fr", "Peru, derniers chiffres\u00a0: moins de 5 personnes en contact formel (2022), "
               "1 personne poursuivie (2021), aucun chiffre sur les condamnations"),
    ],
)  # fmt: skip
def test_headline_of_the_justice_chain(code, said, speakers):
    assert sentences.chain_headline(CHAIN, "Peru", speakers[code]) == said


def test_text_alternative_says_range_gaps_breaks_and_what_is_suppressed(site):
    (_, words), *_ = page(site, "ARG").all("p", id="victims-int_tests-words")
    assert words == (
        "Chart by year, 2014–2022. First figure: 120 (2014); last: 1\u202f247 (2022); "
        "lowest: 0 (2015); highest: 1\u202f521 (2016). "
        "Fewer than 5, suppressed by the publisher, in 1 of 9 years: 2019. "
        "Printed by the publisher but withheld by tipstat after a failed check: 2017. "
        "The series breaks, so that earlier figures do not compare, in: 2020. "
        "Provisional or estimated: 2022."
    )


def test_text_alternative_of_a_single_figure_and_its_gaps(site):
    (_, words), *_ = page(site, "DMA", "fr").all("p", id="victims-int_tests-words")
    assert words == (
        "Graphique par année, 2013–2022. Seul chiffre exact\u00a0: 7 (2013). "
        "Sans chiffre pour 9 des 10 années\u00a0: 2014–2022."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_that_withholds_has_words_or_the_general_ones(language, speakers):
    for rule in ("S5", "V6", "X99"):
        (note,) = notes([detected(Point(2021, Kind.WITHHELD, rule=rule))])
        said = sentences.note(note, speakers[language])
        assert said.startswith("2021")
        assert rule in said


# What a page holds --------------------------------------------------------------------------


def test_pages_there_are(site):
    assert len(every_page(site)) == 1 + 4 + 4 * 10


def test_language_title_heading_and_landmarks(site):
    for file in every_page(site):
        parts = Page(file)
        folder = file.relative_to(site).parts[0]
        ((html, _),) = parts.all("html")
        assert html["lang"] == (folder if folder in LANGUAGES else "en")
        for tag in ("title", "h1", "main", "footer"):
            ((_, text),) = parts.all(tag)
            assert text, f"{file}: empty {tag}"
        ((skip, _),) = parts.all("a", **{"class": "skip"})
        assert skip["href"] == "#main"
        levels = [int(tag[1]) for tag, *_ in parts.elements if re.fullmatch(r"h[1-6]", tag)]
        assert all(b - a <= 1 for a, b in zip([0, *levels], levels, strict=False)), file


def test_tables_have_caption_and_scope(site):
    for file in every_page(site):
        parts = Page(file)
        assert len(parts.all("caption")) == len(parts.all("table"))
        assert all(attrs.get("scope") in ("row", "col") for attrs, _ in parts.all("th"))


def test_anchors_are_unique_and_every_link_resolves(site):
    for file in every_page(site):
        parts = Page(file)
        anchors = [attrs["id"] for _, attrs, _ in parts.elements if attrs.get("id")]
        assert len(anchors) == len(set(anchors)), file
        for tag, attrs, _ in parts.elements:
            address = attrs.get("href") or attrs.get("src") or ""
            if tag == "a" and address.startswith("https://"):
                assert address == SOURCE["address"]
            elif address.startswith("#"):
                assert address[1:] in anchors, f"{file}: {address}"
            elif address != "data:," and address:
                assert (file.parent / unquote(address)).is_file(), f"{file}: {address}"


def test_nothing_is_loaded_from_elsewhere(site):
    for file in every_page(site):
        parts = Page(file)
        loaded = [attrs for tag, attrs, _ in parts.elements if tag in ("script", "link", "img")]
        addresses = [attrs.get("src") or attrs.get("href") or "" for attrs in loaded]
        assert not [address for address in addresses if "//" in address]
    for name in ("style.css", "chart.js"):
        assert "//" not in re.sub(r"^//.*$", "", (site / "static" / name).read_text(), flags=re.M)


def test_a_strict_policy_and_no_script_of_its_own(site):
    for file in every_page(site):
        parts = Page(file)
        ((policy, _),) = parts.all("meta", **{"http-equiv": "Content-Security-Policy"})
        assert policy["content"].startswith("default-src 'none'; script-src 'self'; ")
        inline = [attrs for attrs, text in parts.all("script") if text]
        assert {attrs["type"] for attrs in inline} <= {"application/json"}
        assert not [attrs for _, attrs, _ in parts.elements for key in attrs if key[:2] == "on"]


def test_language_switch_keeps_the_page(site):
    parts = page(site, "BRA", "pt")
    switch = [attrs for attrs, _ in parts.all("a") if attrs.get("hreflang")]
    assert [attrs["href"] for attrs in switch] == [
        f"../../{code}/country/bra.html" for code in LANGUAGES
    ]
    assert [attrs["lang"] for attrs in switch if attrs.get("aria-current")] == ["pt"]


def test_the_first_page_offers_the_languages_in_english(site):
    parts = Page(site / "index.html")
    named = [text for attrs, text in parts.all("a") if attrs.get("hreflang")]
    assert named == ["English", "Español", "Português", "Français"]


def charted(figure: dict, axis: str) -> dict[int, str]:
    """What a panel of the chart shows for each year, as a table prints it."""
    shown: dict[int, str] = {}
    for trace in figure["data"]:
        if trace["yaxis"] != axis:
            continue
        for year, value in zip(trace["x"], trace["y"], strict=True):
            if trace["type"] == "bar":
                shown[year] = f"<{value + 1}"
            elif value is not None:
                shown[year] = f"{value:,.0f}".replace(",", "\u202f")
    return shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["ARG", "BRA", "CHL", "DMA", "ECU", "JAM", "USA"])
def test_table_equals_chart_cell_by_cell(site, code, language):
    parts = page(site, code, language)
    charts, tables = parts.charts(), parts.tables()
    assert len(charts) == len(tables) > 0
    for chart, (_, *rows) in zip(charts, tables, strict=True):
        panels = [axis.replace("axis", "") for axis in chart["layout"] if axis.startswith("yaxis")]
        for place, axis in enumerate(panels, 1):
            printed = {int(row[0]): re.match(r"[<\d\u202f]*", row[place])[0] for row in rows}
            assert {year: text for year, text in printed.items() if text} == charted(chart, axis)


def test_table_of_argentina_in_words(site):
    (_, *rows), *_ = page(site, "ARG").tables()
    assert rows == [
        ["2014", "120", ""],
        ["2015", "0", ""],
        ["2016", "1\u202f521", ""],
        ["2017", "withheld", "failed check V61"],
        ["2018", "60", "revised2"],
        ["2019", "<5", "suppressed by the publisher revised3"],
        ["2020", "35", "Break in series4"],
        ["2021", "50", ""],
        ["2022", "1\u202f247", "provisional figure"],
    ]


def test_footnotes_say_what_changed_and_hide_what_is_suppressed_now(site):
    (_, listed), *_ = page(site, "ARG").all("ol", **{"class": "notes"})
    assert listed == (
        "2017: the publisher printed a figure that failed check V6, so it is withheld until it is "
        "explained. It looks like a stand-in for “no answer”, not like a count. "
        "2018: revised. The release of 30 May 2023 had 83. "
        "2019: revised. The release of 30 May 2023 had another figure, which is not repeated "
        "because the publisher now suppresses it. "
        "2020: break in the series, earlier figures do not compare with later ones. "
        "A new law widened the offence."
    )


def test_a_break_without_a_reason_says_that_it_is_not_known(site):
    _, listed = page(site, "ECU", "es").all("ol", **{"class": "notes"})[0]
    assert listed.endswith("La fuente no dice qué cambió.")


def test_the_justice_table_says_what_each_panel_shows(site):
    _, (head, *rows) = page(site, "ARG").tables()
    names = codelists.labels("indicator", "en")
    assert head == ["Year", *(names[code] for code in figures.CHAIN.indicators)]
    assert rows[:3] == [
        ["2014", "40", "20", "no figure"],
        ["2015", "<5 suppressed by the publisher", "1", "0"],
        ["2016", "52 revised1", "no figure", "no figure"],
    ]


def test_the_key_explains_the_marks_that_are_used(site):
    (_, listed), *_ = page(site, "ARG").all("ul", **{"class": "key"})
    assert listed == (
        "reported figure provisional or estimated figure "
        "suppressed by the publisher: some figure from 0 to 4 "
        "break in the series: the two sides do not compare "
        "empty place: no figure for that year, which does not mean zero"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_says_that_detected_is_not_prevalence_and_flows_are_no_cohort(site, language):
    words = codelists.labels("site_text", language)
    for file in every_page(site / language):
        parts = Page(file)
        ((_, text),) = parts.all("main")
        assert words["not_prevalence"] in text
        assert (words["not_cohort"] in text) == bool(parts.all("figure", id="chain-int_tests"))


def test_each_figure_carries_both_titles_and_its_source(site):
    parts = page(site, "ARG")
    text = parts.all("figure")[0][1]
    assert "Argentina: 1\u202f247 detected victims in 2022 (provisional figure)" in text
    assert "Detected victims · Number of persons · Calendar year · Argentina, 2014–2022" in text
    assert "Source: Office of Tests, Yearbook" in text
    for chart in parts.charts():
        last = chart["layout"]["annotations"][-1]["text"].replace("<br>", " ")
        assert "Office of Tests" in last
        assert "Release: 14 April 2025. Licence: CC BY 4.0." in last


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["HTI", "GRD"])
def test_a_state_without_a_figure_is_told_what_is_missing_and_needed(site, code, language):
    parts = page(site, code, language)
    words, names = codelists.labels("site_text", language), codelists.labels("indicator", language)
    ((_, main),) = parts.all("main")
    assert parts.charts() == parts.tables() == []
    assert words["empty_meaning"] in main
    assert words["empty_needed"] in main
    indicators = figures.VICTIMS.indicators + figures.CHAIN.indicators
    assert [names[code] for code in indicators] == [text for attrs, text in parts.all("li")][-4:]
    assert "plotly" not in parts.text


def test_a_state_with_some_figures_is_told_which_are_missing(site):
    parts = page(site, "DMA")
    missing = [codelists.labels("indicator", "en")[code] for code in figures.CHAIN.indicators]
    assert [text for _, text in parts.all("li")][-3:] == missing


def test_a_state_whose_only_figure_is_withheld_has_a_table_and_no_chart(site):
    parts = page(site, "SLV")
    ((_, *rows),) = parts.tables()
    assert rows == [["2021", "withheld", "failed check V61"], ["2022", "no figure", ""]]
    assert parts.charts() == []


def test_hostile_labels_stay_text(site):
    for file in every_page(site):
        parts = Page(file)
        assert not [a for a, _ in parts.all("a") if "evil" in (a.get("href") or "")]
        assert "window.bad" not in "".join(
            text for attrs, text in parts.all("script") if attrs.get("type") is None
        )
    parts = page(site, "JAM")
    ((_, heading),) = parts.all("h1")
    assert heading == HOSTILE
    assert len(parts.charts()) == 2


def test_json_cannot_end_its_script_element():
    text = figures.as_json({"text": "</script><!--<script>&"})
    assert not {"<", ">", "&"} & set(text)
    assert json.loads(text) == {"text": "</script><!--<script>&"}


# The index ----------------------------------------------------------------------------------


def index_rows(site: Path, language: str) -> list[list[str]]:
    ((_, *rows),) = Page(site / language / "index.html").tables()
    return [row for row in rows if row[0] != HOSTILE]


def test_index_shows_coverage(site):
    assert index_rows(site, "en") == [
        ["Argentina", "2014", "2022", "8", "1"],
        ["Brazil", "2020", "2020", "1", "0"],
        ["Chile", "2021", "2022", "2", "2"],
        ["Dominica", "2013", "2013", "1", "0"],
        ["Ecuador", "no figure yet"],
        ["El Salvador", "no figure yet"],
        ["Grenada", "no figure yet"],
        ["Haiti", "no figure yet"],
        ["United States", "2021", "2022", "2", "0"],
    ]


def test_index_is_in_the_alphabet_of_its_language(site):
    assert [row[0] for row in index_rows(site, "fr")] == [
        "Argentine", "Brésil", "Chili", "Dominique", "Équateur", "États-Unis", "Grenade", "Haïti",
        "Salvador",
    ]  # fmt: skip


def test_only_sources_with_a_figure_are_described(site):
    assert len(Page(site / "en" / "index.html").all("dl")) == 1


# The texts ----------------------------------------------------------------------------------


def test_every_text_has_the_same_placeholders_in_each_language():
    rows = codelists.load("site_text").to_dict("records")
    uneven = [
        row["code"]
        for row in rows
        if len({frozenset(re.findall(r"{(\w+)}", row[f"name_{code}"])) for code in LANGUAGES}) > 1
    ]
    assert uneven == []


def test_every_text_is_used():
    folder = Path(sentences.__file__).parent
    sources = [*folder.rglob("*.py"), *folder.rglob("*.j2"), *folder.parent.glob("charts/*.py")]
    used = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    composed = r"(victims|chain|per_contact|per_prosec|per_convict|rule|key|subtitle)_\w+"
    idle = [
        code
        for code in codelists.codes("site_text")
        if f'"{code}"' not in used and f"'{code}'" not in used and not re.fullmatch(composed, code)
    ]
    assert idle == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_another_language_stand_on_a_page(site, language):
    """Every interface text of the other languages that is longer than a word is absent."""
    others = {
        text
        for code in LANGUAGES
        if code != language
        for text in codelists.labels("site_text", code).values()
        if "{" not in text and " " in text
    } - set(codelists.labels("site_text", language).values())
    for file in every_page(site / language):
        ((_, text),) = Page(file).all("body")
        assert [words for words in others if words in text] == []


# The files ----------------------------------------------------------------------------------


def test_a_second_build_writes_nothing(warehouse, site):
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    built = build(warehouse, site)
    assert (built.pages, built.written) == (len(every_page(site)), 0)
    assert built.index == site / "index.html"
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before


def test_another_folder_gets_the_same_bytes(warehouse, site, tmp_path):
    build(warehouse, tmp_path)
    for file in every_page(site):
        assert (tmp_path / file.relative_to(site)).read_bytes() == file.read_bytes()


def test_only_what_changed_is_written_and_stale_pages_go(warehouse, tmp_path):
    build(warehouse, tmp_path)
    changed, stale = tmp_path / "en/country/arg.html", tmp_path / "en/country/old.html"
    right = changed.read_text(encoding="utf-8")
    changed.write_text("spoilt", encoding="utf-8")
    stale.write_text("old", encoding="utf-8")
    assert build(warehouse, tmp_path).written == 1
    assert changed.read_text(encoding="utf-8") == right
    assert not stale.exists()


def test_a_warehouse_without_any_figure_gives_kind_pages(tmp_path):
    empty = invented_warehouse(tmp_path / "empty.duckdb", figures="", withheld="")
    built = build(empty, tmp_path / "site")
    assert built.pages == 45
    assert {row[1] for row in index_rows(tmp_path / "site", "pt")} == {"ainda sem números"}
