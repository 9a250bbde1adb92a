"""The explorer in the browser: what its address asks for, what it shows, what it draws."""

from urllib.parse import parse_qs

from browser.visiting import Visit

CHART = ".explorer .chart"
REFUSAL = "#explorer-refusal"
SHOWN = """() => document.querySelector('#explorer-headline').textContent &&
    (!document.querySelector('#explorer-refusal').hidden
     || document.querySelector('.explorer .chart .main-svg') !== null)"""
ASK = """(rest) => {
    document.querySelector('#explorer-headline').textContent = '';
    window.Plotly?.purge(document.querySelector('.explorer .chart'));
    location.hash = rest;
}"""
"""Asks for something else, once what was shown before is gone."""
STATE = """() => {
    const value = (name) => document.getElementById(`explorer-${name}`).value;
    const checked = (name) => document.querySelector(`[name=${name}]:checked`).value;
    const buttons = document.querySelectorAll("#explorer-s button");
    return {
        i: value("i"), f: value("f"), b: value("b"), m: checked("m"), v: checked("v"),
        y: checked("y"), s: Array.from(buttons, (each) => each.value).join(","),
    };
}"""
_BOX = "document.querySelector('.explorer .chart')"
_DATA = f"{_BOX}.data"
LAST_YEARS = f"""() => {_DATA}.some((trace) => trace.meta === 'last')
    ? {_DATA}.filter((trace) => trace.meta === 'last').flatMap((trace) => trace.x)
    : {_BOX}.layout.annotations.filter((each) => each.name === 'panel')
        .map((each) => Number(/\\d{{4}}(?=<.span>)/.exec(each.text)[0]))"""
"""The years to cite, as the label of one panel or the titles of several have them."""
DRAWN = f"""() => {_DATA}.filter((trace) => ['observed', 'uncertain'].includes(trace.meta))
    .flatMap((trace) => trace.x.map((year, at) => [year, trace.y[at]]))
    .filter(([year]) => year !== null).sort((one, other) => one[0] - other[0])"""
CROSSES = f"() => {_DATA}.filter((trace) => trace.meta === 'no_rate').flatMap((trace) => trace.x)"
COLOURS = f"() => [...new Set(JSON.stringify({_DATA}).match(/#[0-9a-f]{{6}}/g))]"
HIDDEN = f"() => {_DATA}.filter((trace) => trace.meta === 'suppressed').flatMap((trace) => trace.y)"
TOPS = """() => Object.entries(document.querySelector('.explorer .chart').layout)
    .filter(([name]) => name.startsWith('yaxis')).map(([, axis]) => axis.range[1])"""


def wait(visit: Visit) -> Visit:
    """Wait for the chart or the refusal."""
    visit.page.wait_for_function(SHOWN)
    return visit


def ask(visit: Visit, rest: str) -> Visit:
    """Ask for something else by the address of the open explorer; other parts are as at first."""
    visit.page.evaluate(ASK, rest)
    return wait(visit)


def asked(visit: Visit) -> dict[str, str]:
    """Return what the address asks for."""
    rest = visit.page.evaluate("location.hash").removeprefix("#")
    return {name: each for name, [each] in parse_qs(rest, keep_blank_values=True).items()}


def shows_chart(visit: Visit) -> bool:
    """Return whether there is a chart and no refusal."""
    return visit.page.locator(CHART).is_visible() and not visit.page.locator(REFUSAL).is_visible()
