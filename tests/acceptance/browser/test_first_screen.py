"""The answer comes first: what is on the first screen of each page, in each language and width.

How long the sentences are is asked in published/site/test_short_answers.py.
"""

from pathlib import Path
from statistics import median

import pytest
from parsed_page import word_count

LAPTOP, PHONE, NARROWEST = (1280, 900), (390, 844), (320, 640)
WORDS_OF_STATE, USUAL_WORDS = 350, 280
MEASURED = Path(__file__).with_name("first_screen.js").read_text(encoding="utf-8")

longest_words = pytest.mark.parametrize(
    "language",
    ["fr", *(pytest.param(each, marks=pytest.mark.exhaustive) for each in ("en", "es", "pt"))],
)


FITTING = """() => [...document.querySelectorAll(".js-plotly-plot")].every((box) =>
    box.querySelector(".main-svg").getBoundingClientRect().width <= box.clientWidth + 1)"""
"""Whether each chart has followed the width of the window: the explorer's does so by itself."""


def measured(tab, size: tuple[int, int] = LAPTOP) -> dict:
    """Return the measures of the open page in a window of a size."""
    width, height = size
    tab.page.set_viewport_size({"width": width, "height": height})
    tab.page.evaluate("tipstat.allDrawn?.()")
    tab.page.wait_for_function(FITTING)
    return tab.page.evaluate(MEASURED)


def faults_of_state(tab) -> list[str]:
    """Return the measures of the open page of a state that are beyond the limits.

    A state with one figure alone, or none, has no chart in the first block. Its neighbours' chart
    then stands beside the sentences, below them on a phone.
    """
    laptop, phone, found = measured(tab), measured(tab, PHONE), []
    whole = [each["block"] for each in laptop["charts"] if each["bottom"] < LAPTOP[1]]
    for block in ("happened", "who"):
        for each in laptop["charts"]:
            if each["block"] == block and block not in whole:
                found.append(f"{block} ends at {each['bottom']:.0f}")
    if not whole:
        found.append("no chart whole on the first screen")
    for size, page, top in ((LAPTOP, laptop, 300), (PHONE, phone, 400)):
        first = page["charts"][0]
        if (size == LAPTOP or first["block"] == "happened") and first["top"] >= top:
            found.append(f"chart from {first['top']:.0f} at {size[0]}")
    first = laptop["charts"][0]
    if first["block"] == "happened" and first["bottom"] >= 560:
        found.append(f"chart to {first['bottom']:.0f}")
    count = word_count(laptop["words"])
    found += [f"{count} words in sight"] if count > WORDS_OF_STATE else []
    return found + too_wide(tab)


def too_wide(tab) -> list[str]:
    """Return the phones on which the page scrolls sideways, with all folds open."""
    tab.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    sizes = [size for size in (PHONE, NARROWEST) if measured(tab, size)["overflow"] > 0]
    return [f"wider than {width} px" for width, _ in sizes]


@longest_words
@pytest.mark.parametrize("one_in", [18, pytest.param(1, marks=pytest.mark.exhaustive)])
def test_every_state_answers_on_the_first_screen(tab, shipped, language, one_in):
    files = sorted((shipped / language / "country").glob("???.html"))
    assert len(files) == 35
    found, counts = {}, []
    for file in files[::one_in]:
        tab.open(file.as_uri(), *LAPTOP)
        counts.append(word_count(measured(tab)["words"]))
        found[file.name] = faults_of_state(tab)
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert one_in > 1 or median(counts) <= USUAL_WORDS


@longest_words
def test_the_map_is_on_the_first_screen(tab, shipped, language):
    """Whole with its tiles on a laptop, begun on a phone, and the sum beside it is whole too."""
    tab.open((shipped / language / "index.html").as_uri(), *LAPTOP)
    blocks = {each["block"]: each for each in measured(tab)["charts"]}
    assert max(blocks["happened"]["bottom"], blocks["same-states"]["bottom"]) < LAPTOP[1]
    assert measured(tab, PHONE)["charts"][0]["top"] < PHONE[1] / 2


SPOIL = """document.querySelector('h1').style = 'margin-top: 500px; min-width: 380px';
document.querySelector('h2').append(' word'.repeat(200))"""


def test_a_late_answer_is_found(tab, shipped):
    """The check sees what would push the answer down."""
    tab.open((shipped / "en/country/bra.html").as_uri(), *LAPTOP)
    tab.page.evaluate(SPOIL)
    found = " ".join(faults_of_state(tab))
    for fault in ("chart from", "who ends at", "words in sight", "wider than 320"):
        assert fault in found


STOPS = """() => {
    const stops = new Set();
    addEventListener("focusin", (event) => stops.add(event.target));
    tipstat.stops = () => stops.size;
}"""


@longest_words
def test_the_keyboard_leaves_a_state_after_70_steps(tab, shipped, language):
    for code in ("mex", "kna"):
        tab.open((shipped / f"{language}/country/{code}.html").as_uri(), *LAPTOP)
        tab.page.evaluate(STOPS)
        for _ in range(71):
            tab.page.keyboard.press("Tab")
        assert 20 < tab.page.evaluate("tipstat.stops()") <= 70, code
