"""Faults of an open page: accessibility by axe-core, and faults to the eye."""

from importlib.resources import files
from pathlib import Path

from browser.visiting import Visit

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
"""axe-core, as that package ships it; the page does not fetch it."""

EYES = Path(__file__).with_name("faults.js").read_text(encoding="utf-8")
WHOLE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "iframes": False,
    "preload": False,
}
"""All rules."""

STRUCTURE = WHOLE | {"rules": {"color-contrast": {"enabled": False}}}
"""All rules but one, which takes as long as the others together."""

CONTRAST = WHOLE | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""The rule that hangs on the colour scheme."""

LAYOUT = WHOLE | {
    "runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
}
"""The rules that hang on the width alone."""

RUN = """async (rules) => (await axe.run(document, rules)).violations.flatMap(
    ({ id, nodes }) => nodes.map(({ html }) => `axe ${id}: ${html.slice(0, 200)}`))"""


def of_axe(visit: Visit, rules: dict[str, object] = WHOLE) -> list[str]:
    """Return the violations that axe finds on the page as it is now."""
    if not visit.page.evaluate("'axe' in window"):
        visit.page.evaluate(AXE)
    return visit.page.evaluate(RUN, rules)


def of_sight(visit: Visit) -> list[str]:
    """Return sideways scrolling, text that is cut off, and texts that overlap."""
    visit.page.evaluate(EYES)
    return visit.page.evaluate(
        "[...faults.sideways(), ...faults.clipped(), ...faults.overlapping()]"
    )
