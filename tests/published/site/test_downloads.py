"""The files to download with each chart: complete, equal to the page, and no leak."""

import csv
import io
import json
import re
from dataclasses import replace

import duckdb
import pandas as pd
import pytest
from country_pages import by_anchor, page_files
from invented_site import Page

from pipelines.published.site import context
from pipelines.published.site.figures import downloads
from pipelines.published.site.figures.view import Cell, FigureView, Table, releases, stem

PAGE = "country/arg.html"
NAME = "arg-victims-int_tests"


@pytest.fixture(scope="module")
def shared_by_pages(invented):
    with duckdb.connect(invented, read_only=True) as connection:
        return context.read_site(connection)


def rows_of(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def figure(frame: pd.DataFrame, table: Table | None = None) -> FigureView:
    """Return a figure of which only the frame or the table matters."""
    return FigureView(
        anchor="victims", headline="h", publisher="p", subtitle="s", figure=None, in_words="w",
        key=[], table=table or Table("c", "Year", ["Victims"], []), notes=[(1, "A new law.")],
        origin="Source: Office of Tests", source="int_tests", indicators=["VIC_DETECT"],
        frame=frame,
    )  # fmt: skip


def row(**changes: object) -> dict[str, object]:
    usual = {
        "source": "int_tests", "release": "2025-04-14", "ref_area": "ARG",
        "indicator": "VIC_DETECT", "year": 2020,
        "value": 120.0, "lower": 120.0, "upper": 120.0, "obs_status": "A", "conf_status": "F",
        "value_raw": "120", "previous_release": None, "previous_value": None,
        "previous_value_raw": None, "rule": None,
    }  # fmt: skip
    return {**usual, **changes}


def written(site: context.Site, **changes: object) -> dict[str, str]:
    [answer] = rows_of(downloads.in_codes(site, figure(pd.DataFrame([row(**changes)]))))
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


@pytest.mark.parametrize(("code", "delimiter"), [("en", ","), ("es", ";")])
def test_the_file_in_words_has_the_cells_of_the_table(site, code, delimiter):
    """Argentina writes a decimal comma."""
    text = (site / f"data/country/{NAME}-{code}.csv").read_text(encoding="utf-8")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))
    assert text.startswith("\ufeff")
    assert [line[:2] for line in lines] == [
        [heading, figure.replace("\u202f", "")]
        for heading, figure, *_ in Page(site / code / PAGE).table("victims-int_tests")
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


def test_the_description_names_files_source_and_indicators(site):
    text = (site / f"data/country/{NAME}-es.json").read_text(encoding="utf-8")
    description = json.loads(text)
    assert description["language"] == "es"
    assert (site / description["page"].split("#")[0]).is_file()
    files = description["files"].values()
    assert all((site / "data/country" / name).is_file() for name in files)
    assert description["sources"][0]["licence"] == "CC BY 4.0"
    assert description["version"]
    assert description["day"]
    assert all(column["description"] for column in description["columns"])
    assert "VIC_DETECT" in {each["code"] for each in description["indicators"]}


def test_a_source_that_may_not_be_redistributed_gives_no_file(shared_by_pages, speakers):
    shown = figure(pd.DataFrame([row()]))
    sources = shared_by_pages.sources.items()
    kept = {name: {**source, "redistribute": False} for name, source in sources}
    site = replace(shared_by_pages, sources=kept)
    assert list(downloads.files(shared_by_pages, PAGE, [shown], speakers["en"]))
    assert not list(downloads.files(site, PAGE, [shown], speakers["en"]))


def test_a_file_is_named_after_page_and_anchor():
    assert stem(PAGE, "victims-int_tests") == f"data/country/{NAME}"


@pytest.mark.parametrize(
    ("area", "section", "anchor", "text"),
    [
        ("ARG", "victims", "victims-usa_tip_report", "Releases: 28 June 2018 to 19 July 2022."),
        ("ARG", "chain", "chain-usa_tip_report", "Release: 20 June 2019."),
        ("MEX", "others", "sum-vic-recorded-mex_sesnsp",
         "Release: 30 June 2025 (day assigned by tipstat)."),
        ("USA", "chain", "chain-int_reported-fy1001", "Consulted: 24 November 2026."),
        ("ARG", "treaties", "treaties-int_untc", "Consulted: 24 November 2026."),
    ],
)  # fmt: skip
def test_the_releases_named_are_those_of_the_figures(area, section, anchor, text, built):
    """If the releases of a source add up, the newest may have none of the figures."""
    figure = by_anchor(built, area, section, anchor)
    assert text in figure.origin
    if figure.figure:
        notes = figure.figure["layout"]["annotations"]
        [foot] = [note["text"] for note in notes if note["name"] == "source"]
        assert text in foot.replace("<br>", " ")
    place = f"{stem(f'country/{area.lower()}.html', anchor)}-en"
    files = page_files(built, area)
    assert text in files[f"{place}.csv"]
    description = json.loads(files[f"{place}.json"])
    assert text in description["origin"]
    [source] = description["sources"]
    assert source["releases"] == releases(figure.frame)
    assert (source["release_day"] == "RETRIEVED") == text.startswith("Consult")


def test_the_release_of_a_withheld_figure_counts_only_where_there_is_no_other():
    frame = pd.DataFrame(
        {"rule": [None, None, "S5"], "release": ["2022-07-19", "2018-06-28", "2023-06-15"]}
    )
    assert releases(frame) == ["2018-06-28", "2022-07-19"]
    assert releases(frame[frame["rule"].notna()]) == ["2023-06-15"]
