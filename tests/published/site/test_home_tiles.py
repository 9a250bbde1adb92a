"""The tile map: every state has its place, its link and a glyph of its verdict."""

import itertools
import re
from pathlib import Path

import pytest
from country_pages import facts, region_page
from parsed_page import LANGUAGES, Page

from pipelines.published.site import build
from pipelines.published.site.facts.trends import VERDICTS
from pipelines.published.site.pages import home
from schemas import codelists

PLACES = {area: (column, row) for area, column, row in home.tiles()}


def test_every_state_has_a_place_of_its_own():
    assert sorted(PLACES) == sorted(codelists.oas_states())
    assert len(set(PLACES.values())) == 35


@pytest.mark.parametrize(
    "chain",
    ["CAN USA MEX GTM SLV", "HND NIC CRI", "BHS CUB JAM", "KNA LCA BRB", "GRD TTO VEN",
     "PAN COL ECU", "PER BOL CHL", "BRA PRY ARG"],
)  # fmt: skip
def test_neighbours_lie_from_north_to_south(chain):
    rows = [PLACES[area][1] for area in chain.split()]
    assert all(north < south for north, south in itertools.pairwise(rows))


@pytest.mark.parametrize(
    "chain",
    ["GTM BLZ", "CRI PAN", "CUB HTI DOM", "COL VEN GUY SUR", "PER BRA", "CHL ARG URY", "VCT BRB"],
)
def test_neighbours_lie_from_west_to_east(chain):
    columns = [PLACES[area][0] for area in chain.split()]
    assert all(west < east for west, east in itertools.pairwise(columns))


def tiles(page: Page) -> dict[str, str]:
    """Return the source of each tile by the state that it links to."""
    found = page.between('<ul class="tiles"', "</ul>").split("<li ")[1:]
    return {re.search(r"country/(\w+)\.html", each).group(1).upper(): each for each in found}


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_tile_has_code_glyph_name_and_verdict(built, code):
    names = codelists.labels("area", code)
    verdicts = facts(built, home).verdicts
    shown = tiles(region_page(built, code))
    assert list(shown) == [area for area, _, _ in home.tiles()]
    glyphs: dict[str, set[str]] = {verdict: set() for verdict in VERDICTS}
    for area, tile in shown.items():
        (glyph,) = re.findall(r'<svg class="glyph".*?</svg>', tile, re.DOTALL)
        glyphs[verdicts[area]].add(glyph)
        assert f'aria-label="{area}, {names[area].replace("&", "&amp;")}' in tile
        assert re.search(rf"</svg>\s*{area}</a>", tile)
    shapes = [glyph for each in glyphs.values() for glyph in each]
    assert len(shapes) == len(set(shapes)) == len(set(verdicts.values()))


def test_each_place_has_a_rule_in_the_style_sheet():
    part = Path(build.__file__).with_name("static") / "style" / "region.css"
    style = part.read_text(encoding="utf-8")
    for column, row in PLACES.values():
        assert f".column-{column} {{ grid-column: {column}; }}" in style
        assert f".row-{row} {{ grid-row: {row}; }}" in style
