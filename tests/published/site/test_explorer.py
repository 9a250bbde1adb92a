"""The files of the explorer: the published figures and no others, nothing suppressed, small."""

import json
import re

import pytest
from country_pages import files
from explorer_files import drawings, points, series_in
from warehouse_copies import changed

from pipelines.published.charts.drawing import PALETTE
from pipelines.published.site.facts import explorer as explored
from pipelines.published.site.pages import explorer

COUNTED = "ref_area in (select code from codelist.area) and unit_measure <> 'BOOL'"
YEARS = f"""
    select indicator, source, time_basis, ref_area, year, value, upper
    from published.headline join codelist.indicator on code = indicator
    where {COUNTED} and (value is not null or upper is not null)
"""


@pytest.fixture(scope="module")
def series(built) -> dict:
    """The series of every indicator, as the files of the explorer have them."""
    return series_in(files(built, explorer))


def figures(series: dict) -> dict:
    """Return the mark of each year of each drawing, as `explorer_files.points` has it."""
    return {
        (indicator, name, area, *which, year): figure
        for indicator, by_id in series.items()
        for name, by_area in by_id.items()
        for area, own in by_area.items()
        for which, drawing in drawings(own)
        for year, figure in points(drawing)
    }


def value(figure: object) -> object:
    """Return an exact figure; None if it is suppressed, "missing" if it is not there."""
    return None if isinstance(figure, tuple) else figure


def test_the_files_have_every_headline_figure_and_no_other(series, query):
    """Victims repatriated from all countries are no headline figure, but a total all the same."""
    published = {
        (indicator, explored.series_id(source, basis), area, "total", year): value
        for indicator, source, basis, area, year, value, _ in query(YEARS)
    }
    found = {key: value(each) for key, each in figures(series).items() if key[3] == "total"}
    assert {key: found.get(key, "missing") for key in published} == published
    assert {indicator for indicator, *_ in found.keys() - published.keys()} == {"VIC_REPATR"}


def test_the_files_have_the_national_series(series, query):
    """A state's source to cite may differ from that of most, but its series is there.

    Sums over subdivisions have no headline figure, and no place here.
    """
    found = figures(series)
    rows = query(
        "select indicator, source, time_basis, ref_area, year, value "
        f"from published.national_series join codelist.indicator on code = indicator "
        f"where {COUNTED} and not is_sum"
    )
    assert rows
    for indicator, source, basis, area, year, published in rows:
        key = indicator, explored.series_id(source, basis), area, "total", year
        assert value(found[key]) == published


def test_known_figures(series):
    victims = series["VIC_DETECT"]["int_unodc_glotip"]
    assert points(victims["BRA"]["total"])[-2:] == [(2022, 539), (2023, 371)]
    # Its parts exceed the total of 2023.
    [doubtful] = [t for t in victims["BRA"]["total"]["data"] if t["meta"] == "uncertain"]
    assert (doubtful["x"], doubtful["customdata"]) == ([2023], ["D"])
    assert victims["BRA"]["breaks"] == [[2017, "BRA_LAW_13344_2016"]]
    assert points(victims["ARG"]["rate"])[-1] == (2022, 2.61)
    assert points(victims["LCA"]["total"])[0] == (2018, 0)
    assert points(victims["TTO"]["total"])[0] == (2007, (1, 4))
    assert points(victims["TTO"]["rate"])[0] == (2007, "×")
    assert victims["BRA"]["exceeds"] == {"form": [2022], "sex": [2020]}
    assert series["VIC_DETECT"]["usa_tip_report"]["BRA"]["level"] == "4"
    assert "rate" not in series["VIC_DETECT"]["usa_tip_report"]["BRA"]


def test_a_value_beside_a_suppressed_figure_is_in_no_file(built, series, tmp_path):
    """An attack: the value of each suppressed figure is there, next to its bounds."""
    leaking = changed(
        built,
        tmp_path,
        "update harmonised.observation set value = 3, value_raw = '3' "
        "where list_contains(string_split(obs_status, ';'), 'Q')",
    )
    hidden = {
        key for key, each in figures(series).items() if isinstance(each, tuple) or each == "×"
    }
    found = figures(series_in(files(leaking, explorer)))
    assert len(hidden & found.keys()) > 1000
    assert not [key for key in hidden if not isinstance(found.get(key, ()), tuple | str)]


def test_a_suppressed_figure_is_a_bar(series):
    bounds = [each for each in figures(series).values() if isinstance(each, tuple)]
    assert len(bounds) > 900
    assert all(upper is None or upper > lower for lower, upper in bounds)
    assert {(0, 4), (1, 4)} <= {*bounds}


def test_no_colour_is_in_the_files_but_names_of_the_palette(series):
    text = json.dumps(series)
    assert {f"--{name}" for name in PALETTE} >= set(re.findall(r"--\w+", text)) >= {"--earlier"}
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb", text)


def test_the_series_are_written_once_and_are_small(built):
    assert not [path for path in files(built, explorer, "es") if path.startswith("explorer/")]
    own = {path: text for path, text in files(built, explorer).items() if path.endswith(".js")}
    assert max(map(len, own.values())) < 150_000
    assert sum(map(len, own.values())) < 1_500_000


def test_a_source_that_may_not_be_redistributed_offers_no_csv(hostile):
    """In this small warehouse one source may be shown only."""
    [page] = [text for path, text in files(hostile, explorer).items() if path.endswith(".html")]
    world = re.search(r'id="explorer">(.*?)</script>', page, re.DOTALL)
    offered = {name: each["csv"] for name, each in json.loads(world[1])["sources"].items()}
    assert False in offered.values()
