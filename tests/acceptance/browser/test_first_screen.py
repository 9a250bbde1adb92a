"""The answer comes first: what is on the first screen of each page, in each language and width."""

import re
from pathlib import Path

import pytest

LAPTOP, PHONE, NARROWEST = (1280, 900), (390, 844), (320, 640)
LIMITS = {
    "index.html": (2000, 4500),
    "item26.html": (3200, 4500),
    "explorer.html": (2000, 4500),
    "gaps.html": (4500, None),
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


def measured(tab, file: Path | None, size: tuple[int, int]) -> dict:
    """Return the measures of a page in a window of a size; of the open page without a file."""
    tab.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    if file:
        tab.page.goto(file.as_uri())
    return tab.page.evaluate(MEASURED)


def faults_of_state(tab, file) -> list[str]:
    """Return the measures of a state's page that are beyond the limits."""
    laptop = measured(tab, file, LAPTOP)
    found = [
        f"{len(words(each))} words: {each}" for each in laptop["sentences"] if len(words(each)) > 20
    ]
    if laptop["height"] > 4500:
        found.append(f"{laptop['height']} px high")
    if laptop["top"] is not None:
        count = len(words(laptop["words"]))
        found += [f"{count} words before the chart: {laptop['words']}"] if count > 60 else []
        found += [f"chart from {laptop['top']:.0f}"] if laptop["top"] >= 700 else []
        found += [f"chart to {laptop['bottom']:.0f}"] if laptop["bottom"] >= 900 else []
    phone = measured(tab, None, PHONE)
    if phone["top"] is not None and phone["top"] >= 760:
        found.append(f"chart from {phone['top']:.0f} on a phone")
    narrowest = measured(tab, None, NARROWEST)
    found += ["wider than 320 px"] if narrowest["overflow"] > 0 else []
    return found


@longest_words
def test_every_state_answers_on_the_first_screen(tab, shipped, language):
    files = sorted((shipped / language / "country").glob("???.html"))
    assert len(files) == 35
    found = {file.name: faults for file in files if (faults := faults_of_state(tab, file))}
    assert found == {}


@longest_words
def test_no_other_page_is_long(tab, shipped, language):
    found = []
    for path, limits in LIMITS.items():
        for size, limit in zip((LAPTOP, PHONE), limits, strict=True):
            page = measured(tab, shipped / language / path, size)
            if limit and page["height"] > limit:
                found.append(f"{path} at {size[0]}: {page['height']} px")
            found += [
                f"{path}: {len(words(e))} words: {e}"
                for e in page["sentences"]
                if len(words(e)) > 20
            ]
        narrowest = measured(tab, shipped / language / path, NARROWEST)
        found += [f"{path}: wider than 320 px"] if narrowest["overflow"] > 0 else []
    assert found == []


SPOILT = {
    "chart from": "document.querySelector('h1').style.marginTop = '900px'",
    "words before": "document.querySelector('.sentence').append(' word'.repeat(70))",
    "words:": "document.querySelector('.sentence').append(' word'.repeat(21))",
}


@pytest.mark.parametrize("fault", SPOILT)
def test_a_late_answer_is_found(browser, shipped, fault):
    """The check sees what would push the answer down."""
    file = shipped / "en/country/bra.html"
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {SPOILT[fault]} }})")
    page = context.new_page()

    class Opened:
        """A tab whose pages are spoilt."""

    Opened.page = page
    assert any(fault in each for each in faults_of_state(Opened, file))
    context.close()


STOPS = """() => {
    const stops = new Set();
    addEventListener("focusin", (event) => stops.add(event.target));
    tipstat.stops = () => stops.size;
}"""


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_the_keyboard_leaves_a_state_after_60_steps(tab, shipped, language):
    for code in ("bra", "mex", "kna"):
        tab.page.set_viewport_size({"width": 1280, "height": 900})
        tab.page.goto((shipped / f"{language}/country/{code}.html").as_uri())
        tab.page.evaluate(STOPS)
        for _ in range(61):
            tab.page.keyboard.press("Tab")
        assert 20 < tab.page.evaluate("tipstat.stops()") <= 60, code
