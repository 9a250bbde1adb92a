"""The tile map: every state has its place and its link, and tiles do not depend on victims."""

import itertools
import re
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, changed
from country_pages import files
from honest_charts.colours import distance
from invented_site import Page

from pipelines.published.site.pages import gaps, home_tiles
from schemas import codelists


@pytest.fixture(scope="module")
def grid(built) -> home_tiles.Tiles:
    return read(built)


def read(warehouse: Path) -> home_tiles.Tiles:
    with duckdb.connect(warehouse, read_only=True) as connection:
        return home_tiles.read_tiles(connection)


def place(grid: home_tiles.Tiles, area: str) -> tuple[int, int]:
    (tile,) = (tile for tile in grid.states if tile.area == area)
    return tile.column, tile.row


def test_every_state_has_a_place_of_its_own(grid):
    assert sorted(tile.area for tile in grid.states) == sorted(codelists.oas_states())
    assert len({(tile.column, tile.row) for tile in grid.states}) == 35


def test_the_map_is_as_wide_as_a_narrow_window_holds(grid):
    """A tile of 34 pixels, in a window of 320, is a target that a finger hits."""
    assert {tile.column for tile in grid.states} == set(range(1, 9))


@pytest.mark.parametrize(
    "chain",
    ["CAN USA MEX GTM SLV", "HND NIC CRI", "BHS CUB JAM", "KNA LCA BRB", "GRD TTO VEN",
     "PAN COL ECU", "PER BOL CHL", "BRA PRY ARG"],
)  # fmt: skip
def test_neighbours_lie_from_north_to_south(grid, chain):
    rows = [place(grid, area)[1] for area in chain.split()]
    assert all(north < south for north, south in itertools.pairwise(rows))


@pytest.mark.parametrize(
    "chain",
    ["GTM BLZ", "CRI PAN", "CUB HTI DOM", "COL VEN GUY SUR", "PER BRA", "CHL ARG URY", "VCT BRB"],
)
def test_neighbours_lie_from_west_to_east(grid, chain):
    columns = [place(grid, area)[0] for area in chain.split()]
    assert all(west < east for west, east in itertools.pairwise(columns))


def test_known_numbers_of_indicators(grid):
    known = {tile.area: (tile.known, tile.band) for tile in grid.states}
    assert grid.all_known == 12
    assert known["GRD"] == (0, 0)
    assert known["KNA"] == (0, 0)
    assert known["USA"] == (5, 2)
    assert known["ARG"] == (9, 3)
    assert grid.bands == [(0, 0, 0), (2, 4, 6), (3, 7, 9)]


def test_more_victims_change_no_tile(built, grid, tmp_path):
    more = changed(
        built,
        tmp_path,
        "update harmonised.observation set value = value * 100, lower = value * 100, "
        "upper = value * 100 where value > 5 and indicator = 'VIC_DETECT'",
    )
    assert read(more) == grid


def test_a_new_figure_changes_its_tile_alone(built, grid, tmp_path):
    """Grenada gets a figure."""
    more = changed(
        built,
        tmp_path,
        "insert into harmonised.observation select * replace ('GRD' as ref_area) "
        "from harmonised.observation where source = 'int_unodc_glotip' and release = '2025-04-14' "
        "and ref_area = 'BRA' and indicator = 'VIC_DETECT' and time_period = '2019' "
        "and sex = '_T' and age = '_T' and exploitation = '_T' and citizenship = '_T'",
    )
    own = {tile.area: tile for tile in grid.states}
    assert [tile.area for tile in read(more).states if tile != own[tile.area]] == ["GRD"]


def test_each_tile_is_a_link_with_code_name_and_number(built, grid):
    page = Page(files(built, gaps)["en/gaps.html"])
    names = codelists.labels("area", "en")
    links = {
        attrs["href"]: text
        for attrs, text in page.all("a")
        if (attrs.get("class") or "").startswith("band-")
    }
    assert list(links) == [f"../en/country/{tile.area.lower()}.html" for tile in grid.states]
    for tile, text in zip(grid.states, links.values(), strict=True):
        assert text.startswith(f"{tile.area} {names[tile.area]}")
        assert text.endswith(f" {tile.known}")


def test_bands_have_distinct_colours():
    style = (ROOT / "pipelines/published/site/static/style.css").read_text(encoding="utf-8")
    scale = ["#ffffff", *re.findall(r"\.band-\d \{ background: (#\w{6});", style)]
    assert len(scale) == 5
    assert min(distance(*pair) for pair in itertools.pairwise(scale)) >= 9
