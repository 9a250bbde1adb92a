"""What the browser draws is what Python made: in the page's colours, as wide as its place."""

import json
import re

import pytest

from browser.visiting import Visit

PAGES = ("country/dom", "index", "indicator/vic_detect")
HELD = """() => Object.fromEntries([...document.querySelectorAll('.chart[data-chart]')]
    .filter((box) => box.data)
    .map((box) => [box.dataset.chart, { data: box.data, layout: box.layout }]))"""
"""What Plotly holds of each chart."""
CHARTS = "JSON.parse(document.getElementById('drawn').textContent).charts"
COLOURS = """(names) => Object.fromEntries(names.map((name) =>
    [name, getComputedStyle(document.documentElement).getPropertyValue(name).trim()]))"""


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(browser, request):
    opened = Visit(browser, "about:blank", color_scheme=request.param)
    yield opened
    opened.close()


def painted(part, colours: dict[str, str]):
    """Return a figure, or a part of it, with colours in place of their names."""
    text = re.sub(r'"(--[\w-]+)"', lambda name: json.dumps(colours[name[1]]), json.dumps(part))
    return json.loads(text)


def drawn(visit: Visit, file, width: int) -> tuple[dict, dict]:
    """Return what Plotly holds of each chart, and what the page has, with its colours."""
    visit.open(file.as_uri(), width)
    visit.draw_all()
    charts = visit.page.evaluate(CHARTS)
    names = sorted({*re.findall(r'"(--[\w-]+)"', json.dumps(charts))})
    colours = visit.page.evaluate(COLOURS, names)
    assert all(re.fullmatch("#([0-9a-f]{3}){1,2}", each) for each in colours.values())
    made = {anchor: painted(chart["figure"], colours) for anchor, chart in charts.items()}
    return visit.page.evaluate(HELD), made


def held(whole, part):
    """Return of an object what another has too: Plotly adds what it works out itself."""
    if isinstance(part, dict):
        return {name: held(whole.get(name), value) for name, value in part.items()}
    if isinstance(part, list) and len(part) == len(whole):
        return [held(one, other) for one, other in zip(whole, part, strict=True)]
    return whole


@pytest.mark.parametrize("page", PAGES)
def test_plotly_holds_what_the_page_has(scheme, shipped, page):
    found, made = drawn(scheme, shipped / f"en/{page}.html", 1280)
    assert found.keys() == made.keys()
    assert held(found, made) == made


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_has_fewer_ticks_and_all_else(scheme, shipped, page):
    found, made = drawn(scheme, shipped / f"en/{page}.html", 390)
    for anchor, figure in made.items():
        axis, own = figure["layout"]["xaxis"], found[anchor]["layout"]["xaxis"]
        if "tickvals" in axis:
            ticks = dict(zip(axis.pop("tickvals"), axis.pop("ticktext"), strict=True))
            kept = dict(zip(own["tickvals"], own["ticktext"], strict=True))
            assert kept.items() <= ticks.items()
            assert len(kept) == (len(ticks) if len(ticks) <= 5 else -(-len(ticks) // 2))
            assert max(kept) == max(ticks)
    assert held(found, made) == made


def test_light_and_dark_differ(browser, shipped):
    colours = []
    for each in ("light", "dark"):
        visit = Visit(browser, (shipped / "en/country/dom.html").as_uri(), color_scheme=each)
        colours.append(visit.page.evaluate(COLOURS, ["--accent", "--paper", "--ink"]))
        visit.close()
    assert not {*colours[0].items()} & {*colours[1].items()}
