"""The files that leave a page with each chart: complete, equal to the page, and no leak."""

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import duckdb
import pandas as pd
import pytest
from country_pages import by_anchor

from pipelines.published.site.figures import context, downloads
from pipelines.published.site.figures.view import Cell, FigureView, Table, releases, stem
from schemas import codelists

PAGE = "country/arg.html"
NAME = "arg-victims-int_tests"


@pytest.fixture(scope="module")
def shared_by_pages(invented):
    with duckdb.connect(invented, read_only=True) as connection:
        return context.read(connection)


def rows_of(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def figure(frame: pd.DataFrame, table: Table | None = None) -> FigureView:
    """A figure of which only the frame or the table matters."""
    return FigureView(
        anchor="victims", headline="h", publisher="p", subtitle="s", figure=None, in_words="w",
        key=[], table=table or Table("c", "Year", ["Victims"], []), notes=[(1, "A new law.")],
        origin="Source: Office of Tests", source="int_tests", indicators=["VIC_DETECT"],
        frame=frame,
    )  # fmt: skip


def row(**said: object) -> dict[str, object]:
    usual = {
        "source": "int_tests", "release": "2025-04-14", "ref_area": "ARG",
        "indicator": "VIC_DETECT", "year": 2020,
        "value": 120.0, "lower": 120.0, "upper": 120.0, "obs_status": "A", "conf_status": "F",
        "value_raw": "120", "previous_release": None, "previous_value": None,
        "previous_value_raw": None, "rule": None,
    }  # fmt: skip
    return {**usual, **said}


def written(site: context.Site, **said: object) -> dict[str, str]:
    [answer] = rows_of(downloads.in_codes(site, figure(pd.DataFrame([row(**said)]))))
    return answer


ATTACKS = [
    {"obs_status": "Q", "conf_status": "A", "value": 3.0, "lower": 3.0, "upper": 3.0,
     "value_raw": "3"},
    {"obs_status": "B;Q", "value": 3.0, "lower": 3.0, "upper": 3.0, "value_raw": "3"},
    {"conf_status": "C", "value": 3.0, "lower": 3.0, "upper": 3.0, "value_raw": "3"},
    {"obs_status": "Q", "value": None, "lower": 0.0, "upper": 4.0, "value_raw": "<5",
     "previous_release": "2023-05-30", "previous_value": 3.0, "previous_value_raw": "3"},
    {"rule": "V6", "value": 3.0, "lower": 3.0, "upper": 3.0, "value_raw": "3"},
    {"previous_release": "2023-05-30", "previous_value": 3.0, "previous_value_raw": "3"},
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_the_page_withholds_is_in_no_file(shared_by_pages, attack):
    """The only 3 in these rows is the figure that nobody may know."""
    answer = written(shared_by_pages, **attack)
    del answer["edition"], answer["previous_release"]
    assert not [cell for cell in answer.values() if re.fullmatch(r"3(\.0+)?", cell)]


def test_an_exact_figure_is_written_as_published(shared_by_pages):
    answer = written(shared_by_pages, value=0.0, lower=0.0, upper=0.0, value_raw="0")
    assert [answer[name] for name in ("value", "lower", "upper", "value_raw")] == ["0"] * 4


def test_columns_of_no_published_view_stay_behind(shared_by_pages):
    frame = pd.DataFrame([row(place_on_chart=7)])
    assert "place_on_chart" not in downloads.in_codes(shared_by_pages, figure(frame))


@pytest.mark.parametrize("code", codelists.LANGUAGES)
def test_the_file_in_words_says_what_the_table_says(site, code):
    table = _Tables((site / code / PAGE).read_text(encoding="utf-8")).by_figure["victims-int_tests"]
    delimiter = "," if code == "en" else ";"  # Argentina writes a decimal comma
    text = (site / f"data/country/{NAME}-{code}.csv").read_text(encoding="utf-8")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))
    assert text.startswith("\ufeff")
    assert [line[:2] for line in lines] == [
        [heading, figure.replace("\u202f", "")] for heading, figure, *_ in table
    ]


def test_the_file_in_codes_has_the_published_figures(site, invented):
    with duckdb.connect(invented, read_only=True) as connection:
        published = connection.execute(
            "select year::varchar, coalesce(value::integer::varchar, ''), upper::integer::varchar "
            "from published.headline where ref_area = 'ARG' and indicator = 'VIC_DETECT' "
            "order by year"
        ).fetchall()
    rows = rows_of((site / f"data/country/{NAME}.csv").read_text(encoding="utf-8"))
    figures = [(each["year"], each["value"], each["upper"]) for each in rows if not each["rule"]]
    assert figures == published
    assert {each["publisher"] for each in rows} == {"Office of Tests"}
    assert {each["licence_en"] for each in rows} == {"CC BY 4.0"}


def test_every_row_names_source_and_edition(site):
    files = list((site / "data/country").glob("*.csv"))
    assert files
    for file in files:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        assert all("tipstat " in line for line in lines[1:] if line), file.name
        assert "Office of Tests" in lines[1], file.name


def test_a_number_has_the_decimal_sign_of_the_language_and_no_other(shared_by_pages, speakers):
    cell = Cell("figure", "1\u202f234,5")
    shown = figure(pd.DataFrame([row()]), Table("c", "Ano", ["Taxa"], [("2020", [cell])]))
    text = downloads.in_words(shared_by_pages, shown, speakers["pt"])
    assert text.splitlines()[1].startswith("2020;1234,5;")


def test_a_formula_stays_a_text_and_a_footnote_goes_along(shared_by_pages, speakers):
    cell = Cell("suppressed", "=1+1", [("break", 1)])
    shown = figure(pd.DataFrame([row()]), Table("c", "Year", ["@cmd"], [("-2020", [cell])]))
    [answer] = rows_of(downloads.in_words(shared_by_pages, shown, speakers["en"]))
    assert list(answer.values())[:3] == ["'-2020", "'=1+1", "break: A new law."]
    assert list(answer)[1] == "'@cmd"


@pytest.mark.parametrize("code", codelists.LANGUAGES)
def test_the_description_names_what_there_is(site, code):
    said = json.loads((site / f"data/country/{NAME}-{code}.json").read_text(encoding="utf-8"))
    assert said["language"] == code
    assert (site / said["page"].split("#")[0]).is_file()
    assert all((site / "data/country" / name).is_file() for name in said["files"].values())
    assert said["sources"][0]["licence"] == "CC BY 4.0"
    assert said["version"]
    assert said["day"]
    assert all(column["description"] for column in said["columns"])
    assert "VIC_DETECT" in {each["code"] for each in said["indicators"]}


def test_a_source_that_may_not_be_passed_on_gives_no_file(shared_by_pages, speakers):
    shown = figure(pd.DataFrame([row()]))
    kept = {name: {**said, "redistribute": False} for name, said in shared_by_pages.sources.items()}
    site = replace(shared_by_pages, sources=kept)
    assert list(downloads.files(shared_by_pages, PAGE, [shown], speakers["en"]))
    assert not list(downloads.files(site, PAGE, [shown], speakers["en"]))


def test_every_link_to_a_file_leads_to_one(site):
    for page in site.rglob("*.html"):
        for link in re.findall(r'href="((?:\.\./)*data/[^"]*)"', page.read_text(encoding="utf-8")):
            assert (page.parent / link).is_file(), f"{page.name}: {link}"


def test_a_file_is_named_after_page_and_anchor():
    assert stem(PAGE, "victims-int_tests") == f"data/country/{NAME}"


class _Tables(HTMLParser):
    """The cells of the table in each figure element, row by row, without remarks."""

    def __init__(self, html: str):
        super().__init__()
        self.by_figure: dict[str, list[list[str]]] = {}
        self._figure, self._is_cell, self._is_remark = "", False, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "figure":
            self._figure = said["id"]
            self.by_figure[self._figure] = []
        if self._figure and tag == "tr":
            self.by_figure[self._figure].append([])
        if self._figure and tag in ("td", "th"):
            self._is_cell = True
            self.by_figure[self._figure][-1].append("")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._is_cell = False
        if tag == "figure":
            self._figure = ""

    def handle_data(self, data):
        if self._is_cell:
            self.by_figure[self._figure][-1][-1] += data.strip()


RELEASED = [
    ("ARG", "victims", "victims-usa_tip_report", "en", "Releases: 28 June 2018 to 19 July 2022."),
    ("ARG", "victims", "victims-usa_tip_report", "es",
     "Publicaciones: del 28 de junio de 2018 al 19 de julio de 2022."),
    ("ARG", "victims", "victims-usa_tip_report", "pt",
     "Publicações: de 28 de junho de 2018 a 19 de julho de 2022."),
    ("ARG", "victims", "victims-usa_tip_report", "fr",
     "Publications\u202f: du 28 juin 2018 au 19 juillet 2022."),
    ("ARG", "chain", "chain-usa_tip_report", "en", "Release: 20 June 2019."),
    ("MEX", "others", "sum-vic-recorded-mex_sesnsp", "en",
     "Release: 30 June 2025 (day assigned by tipstat)."),
    ("USA", "chain", "chain-int_reported-fy1001", "en", "Consulted: 24 November 2026."),
    ("ARG", "treaties", "treaties-int_untc", "fr", "Consultation\u202f: 24 novembre 2026."),
]  # fmt: skip


@pytest.mark.parametrize(("area", "section", "anchor", "language", "said"), RELEASED)
def test_the_releases_named_are_those_of_the_figures(
    area, section, anchor, language, said, built, shipped
):
    """Of a source whose releases add up, the newest may have none of them."""
    figure = by_anchor(built, area, section, anchor, language)
    assert said in figure.origin
    if figure.figure:
        foot = next(
            each["text"]
            for each in figure.figure["layout"]["annotations"]
            if each["name"] == "source"
        )
        assert said in foot.replace("<br>", " ")
    place = shipped / f"{stem(f'country/{area.lower()}.html', anchor)}-{language}"
    assert said in place.with_suffix(".csv").read_text(encoding="utf-8")
    described = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))
    assert said in described["origin"]
    [source] = described["sources"]
    assert source["releases"] == releases(figure.frame)
    assert (source["release_day"] == "RETRIEVED") == said.startswith("Consult")


def test_the_release_of_a_withheld_figure_counts_only_where_there_is_no_other():
    frame = pd.DataFrame(
        {"rule": [None, None, "S5"], "release": ["2022-07-19", "2018-06-28", "2023-06-15"]}
    )
    assert releases(frame) == ["2018-06-28", "2022-07-19"]
    assert releases(frame[frame["rule"].notna()]) == ["2023-06-15"]
