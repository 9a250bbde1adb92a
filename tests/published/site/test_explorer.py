"""The files of the explorer: the published figures and no others, nothing suppressed, small."""

import json
import re
from collections.abc import Iterator

import pytest
from country_pages import files
from explorer_files import series_in
from warehouse_copies import changed

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


def lines(series: dict) -> Iterator[tuple[tuple[str, ...], list[list]]]:
    """Yield every line that can be drawn: what it is of, and its points."""
    for indicator, by_id in series.items():
        for name, by_area in by_id.items():
            for area, own in by_area.items():
                yield (indicator, name, area, "points"), own["points"]
                yield (indicator, name, area, "rate"), own.get("rate", [])
                for split, parts in own.get("parts", {}).items():
                    for part, points in parts.items():
                        yield (indicator, name, area, split, part), points


def figures(series: dict) -> dict:
    """Return the value of each year of each line; None if it is suppressed."""
    return {(*key, point[0]): point[1] for key, points in lines(series) for point in points}


def test_the_files_have_every_headline_figure_and_no_other(series, query):
    """Victims repatriated from all countries are no headline figure, but a total all the same."""
    published = {
        (indicator, explored.series_id(source, basis), area, "points", year): value
        for indicator, source, basis, area, year, value, _ in query(YEARS)
    }
    found = {key: value for key, value in figures(series).items() if key[3] == "points"}
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
    for indicator, source, basis, area, year, value in rows:
        name = explored.series_id(source, basis)
        assert found[indicator, name, area, "points", year] == value


def test_known_figures(series):
    victims = series["VIC_DETECT"]["int_unodc_glotip"]
    # Its parts exceed the total of 2023.
    assert victims["BRA"]["points"][-2:] == [[2022, 539], [2023, 371, "UD"]]
    assert victims["BRA"]["breaks"] == [[2017, "BRA_LAW_13344_2016"]]
    assert victims["ARG"]["rate"][-1][:2] == [2022, 2.61]
    assert victims["LCA"]["points"][0] == [2018, 0]
    assert victims["TTO"]["points"][0] == [2007, None, "S", 1, 4]
    assert victims["TTO"]["rate"][0] == [2007, None, "X"]
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
    hidden = {key for key, value in figures(series).items() if value is None}
    found = figures(series_in(files(leaking, explorer)))
    assert len(hidden & found.keys()) > 1000
    assert not [key for key in hidden if found.get(key) is not None]


def test_a_suppressed_point_is_an_interval_of_at_least_1_to_4(series):
    text = json.dumps(series)
    assert '"S"' in text
    for lower, upper in re.findall(r'"S", (\d+), (\d+)\]', text):
        assert int(upper) - int(lower) >= 3
    assert not re.search(r'\d, "[SX]', text)


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
