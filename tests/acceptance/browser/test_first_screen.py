"""The answer comes first: what is on the first screen of each page, in each language and width."""

import re
from pathlib import Path

import pytest
from parsed_page import LANGUAGES

from browser.visiting import DRAWN

LAPTOP, PHONE, NARROWEST = (1280, 900), (390, 844), (320, 640)
LIMITS = {
    "index.html": (2800, 5600),
    "item26.html": (1040, 2800),
    "explorer.html": (2000, 4500),
    "revisions.html": (4500, None),
    "method.html": (4500, None),
    "data.html": (4500, None),
    "about.html": (4500, None),
    "indicator/index.html": (4500, None),
    "indicator/vic_detect.html": (4500, None),
}
"""Greatest height with folds closed, on a laptop and on a phone; None where there is no limit."""

MEASURED = Path(__file__).with_name("first_screen.js").read_text(encoding="utf-8")


longest_words = pytest.mark.parametrize(
    "language",
    ["fr", *(pytest.param(each, marks=pytest.mark.exhaustive) for each in ("en", "es", "pt"))],
)


def words(text: str) -> list[str]:
    """Return the words of a text; a number is one word."""
    return re.findall(r"\w[\w’'.-]*", text.replace("\u202f", ""))


def measured(tab, size: tuple[int, int] = LAPTOP) -> dict:
    """Return the measures of the open page in a window of a size."""
    width, height = size
    tab.page.set_viewport_size({"width": width, "height": height})
    return tab.page.evaluate(MEASURED)


def faults_of_state(tab) -> list[str]:
    """Return the measures of the open page of a state that are beyond the limits."""
    laptop, found = measured(tab), []
    if laptop["height"] > 4500:
        found.append(f"{laptop['height']} px high")
    if laptop["top"] is not None:
        count = len(words(laptop["words"]))
        found += [f"{count} words before the chart: {laptop['words']}"] if count > 80 else []
        found += [f"chart from {laptop['top']:.0f}"] if laptop["top"] >= 700 else []
        found += [f"chart to {laptop['bottom']:.0f}"] if laptop["bottom"] >= 960 else []
    phone = measured(tab, PHONE)
    if phone["top"] is not None and phone["top"] >= 825:
        found.append(f"chart from {phone['top']:.0f} on a phone")
    return found + too_wide(tab)


def too_wide(tab) -> list[str]:
    """Return the phones on which the page scrolls sideways, with all folds open."""
    tab.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    sizes = [size for size in (PHONE, NARROWEST) if measured(tab, size)["overflow"] > 0]
    return [f"wider than {width} px" for width, _ in sizes]


@longest_words
@pytest.mark.parametrize("one_in", [6, pytest.param(1, marks=pytest.mark.exhaustive)])
def test_every_state_answers_on_the_first_screen(tab, shipped, language, one_in):
    files = sorted((shipped / language / "country").glob("???.html"))
    assert len(files) == 35
    found = {}
    for file in files[::one_in]:
        tab.open(file.as_uri(), *LAPTOP)
        tab.page.wait_for_function(DRAWN)
        found[file.name] = faults_of_state(tab)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_page_is_long_or_wide(tab, shipped, language):
    found = {}
    for path, limits in LIMITS.items():
        tab.open((shipped / language / path).as_uri(), *LAPTOP)
        sentences = ". ".join(measured(tab)["sentences"]).split(". ")
        faults = [f"more than 28 words: {each}" for each in sentences if len(words(each)) > 28]
        for size, limit in zip((LAPTOP, PHONE), limits, strict=True):
            height = measured(tab, size)["height"]
            faults += [f"{height} px at {size[0]}"] if limit and height > limit else []
        found[path] = faults + too_wide(tab)
    assert {path: faults for path, faults in found.items() if faults} == {}


NOTES = """() => [
    ...document.querySelectorAll(".cards .note, .cite span"),
].map((each) => each.checkVisibility() ? "" : each.textContent.trim()).filter(Boolean)"""


@pytest.mark.parametrize("path", ["country/mex", "country/usa", "country/bra"])
def test_a_phone_keeps_what_qualifies_a_figure(undrawn, shipped, path):
    """Federal offences that are left out, shares and releases."""
    undrawn.open((shipped / f"es/{path}.html").as_uri(), *PHONE)
    assert undrawn.page.evaluate(NOTES) == []


SPOILT = {
    "chart from": "document.querySelector('h1').style.marginTop = '900px'",
    "words before": "document.querySelector('.sentence').append(' word'.repeat(70))",
}


@pytest.mark.parametrize("fault", SPOILT)
def test_a_late_answer_is_found(undrawn, shipped, fault):
    """The check sees what would push the answer down."""
    undrawn.open((shipped / "en/country/bra.html").as_uri(), *LAPTOP)
    undrawn.page.evaluate(SPOILT[fault])
    assert any(fault in each for each in faults_of_state(undrawn))


STOPS = """() => {
    const stops = new Set();
    addEventListener("focusin", (event) => stops.add(event.target));
    tipstat.stops = () => stops.size;
}"""


@longest_words
def test_the_keyboard_leaves_a_state_after_60_steps(tab, shipped, language):
    for code in ("bra", "mex", "kna"):
        tab.open((shipped / f"{language}/country/{code}.html").as_uri(), *LAPTOP)
        tab.page.evaluate(STOPS)
        for _ in range(61):
            tab.page.keyboard.press("Tab")
        assert 20 < tab.page.evaluate("tipstat.stops()") <= 60, code
