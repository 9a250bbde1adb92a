"""What the browser draws is what Python made: in the page's colours, as wide as its place."""

import json
import re

from browser.visiting import Visit

HELD = """() => Object.fromEntries([...document.querySelectorAll('.chart[data-chart]')]
    .filter((box) => box.data)
    .map((box) => [box.dataset.chart, { data: box.data, layout: box.layout }]))"""
"""What Plotly holds of each chart."""
CHARTS = "JSON.parse(document.getElementById('drawn').textContent).charts"
COLOURS = """(names) => Object.fromEntries(names.map((name) =>
    [name, getComputedStyle(document.documentElement).getPropertyValue(name).trim()]))"""


def painted(part, colours: dict[str, str]):
    """Return a figure, or a part of it, with colours in place of their names."""
    text = re.sub(r'"(--[\w-]+)"', lambda name: json.dumps(colours[name[1]]), json.dumps(part))
    return json.loads(text)


def held(whole, part):
    """Return of an object what another has too: Plotly adds what it works out itself."""
    if isinstance(part, dict):
        return {name: held(whole.get(name), value) for name, value in part.items()}
    if isinstance(part, list) and len(part) == len(whole):
        return [held(one, other) for one, other in zip(whole, part, strict=True)]
    return whole


def keep_ticks(found: dict, made: dict) -> None:
    """Take the ticks of years away, of which a phone has as many as fit, and always the last."""
    for anchor, figure in made.items():
        axis, own = figure["layout"]["xaxis"], found[anchor]["layout"]["xaxis"]
        if "tickvals" in axis:
            ticks = dict(zip(axis.pop("tickvals"), axis.pop("ticktext"), strict=True))
            kept = dict(zip(own["tickvals"], own["ticktext"], strict=True))
            assert kept.items() <= ticks.items()
            assert [*kept] in [[*ticks][::-step][::-1] for step in range(1, len(ticks) + 1)]


def test_plotly_holds_what_the_page_has(browser, shipped):
    """Light on a wide window, dark on a phone, which has fewer ticks and all else."""
    seen, pages = {}, ("country/dom", "index", "indicator/vic_detect")
    for scheme, width, opened in (("light", 1280, pages), ("dark", 390, pages[:1])):
        visit = Visit(browser, "about:blank", color_scheme=scheme)
        for page in opened:
            visit.open((shipped / f"en/{page}.html").as_uri(), width)
            visit.draw_all()
            charts = visit.page.evaluate(CHARTS)
            names = sorted({*re.findall(r'"(--[\w-]+)"', json.dumps(charts))})
            colours = seen[scheme] = visit.page.evaluate(COLOURS, names)
            assert all(re.fullmatch("#([0-9a-f]{3}){1,2}", each) for each in colours.values())
            made = {anchor: painted(each["figure"], colours) for anchor, each in charts.items()}
            found = visit.page.evaluate(HELD)
            assert found.keys() == made.keys()
            if width == 390:
                keep_ticks(found, made)
            assert held(found, made) == made, page
        visit.close()
    assert not {*seen["light"].items()} & {*seen["dark"].items()}
