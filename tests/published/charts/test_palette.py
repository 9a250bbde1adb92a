"""The palette: contrasts of text (4.5:1) and marks (3:1), and meanings any reader can separate."""

import itertools
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from honest_charts.colours import DEFICIENCIES, contrast, distance

from pipelines.published import charts, site
from pipelines.published.charts import coverage, theme

STYLE = (Path(site.__file__).parent / "static" / "style.css").read_text(encoding="utf-8")
WORDS = {"INK", "QUIET_INK", "LINE", "SUPPRESSED"}
"""Colours of text and marks on paper."""

GROUNDS = {"PAPER", "SUPPRESSED_FILL", "GRID"}
"""Colours behind marks, and of lines that only guide the eye."""

DISTINGUISHABLE = 10
"""Difference in CIELAB (CIE76); one of 2.3 can just be noticed."""


def constants() -> dict[str, str]:
    """Return every named colour of the charts, without those of the coverage map."""
    modules = [
        import_module(f"pipelines.published.charts.{each.name}")
        for each in iter_modules(charts.__path__)
    ]
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, str) and re.fullmatch(r"#[0-9a-f]{6}", value)
    }


def rules() -> list[tuple[str, dict[str, str]]]:
    """Return selector and declarations of each rule of the style sheet, without variables."""
    plain = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.S)
    variables = dict(re.findall(r"(--\w+):\s*([^;]+);", plain))
    plain = re.sub(r"var\((--\w+)\)", lambda found: variables[found[1]], plain)
    plain = re.sub(r"#([0-9a-f])([0-9a-f])([0-9a-f])\b", r"#\1\1\2\2\3\3", plain)
    return [
        (selector.strip(), dict(re.findall(r"([\w-]+):\s*([^;]+?)\s*(?:;|$)", body)))
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", plain)
    ]


def coloured(declared: str) -> dict[str, str]:
    """Return the colour of a property, such as `background`, by selector."""
    return {
        selector: found[0]
        for selector, declarations in rules()
        if (found := re.findall(r"#[0-9a-f]{6}\b", declarations.get(declared, "")))
    }


def is_fill(selector: str) -> bool:
    """Return whether the rule fills the cell of a map, whose colour means something."""
    return ".grid" in selector or ".band" in selector


def test_every_colour_has_a_role():
    assert set(constants()) == WORDS | GROUNDS


def test_words_and_marks_stand_out_from_paper():
    named = constants()
    faint = {name for name in WORDS if contrast(named[name], theme.PAPER) < 4.5}
    assert faint == set()
    assert contrast(theme.SUPPRESSED, theme.SUPPRESSED_FILL) >= 3


@pytest.mark.parametrize("reader", DEFICIENCIES)
def test_an_exact_and_a_suppressed_figure_differ(reader, monkeypatch):
    """They differ in their shape as well."""
    monkeypatch.setattr("honest_charts.colours.DEFICIENCIES", {reader: DEFICIENCIES[reader]})
    pairs = itertools.combinations((theme.LINE, theme.SUPPRESSED, theme.PAPER), 2)
    assert min(distance(*pair) for pair in pairs) >= 2 * DISTINGUISHABLE


def test_fills_of_the_coverage_map_differ_and_their_signs_are_read():
    fills = set(coverage.FILL.values())
    alike = [pair for pair in itertools.combinations(fills, 2) if distance(*pair) < DISTINGUISHABLE]
    assert alike == []
    assert [fill for fill in fills if contrast(theme.INK, fill) < 4.5] == []


def test_a_meaning_has_one_colour_in_charts_and_pages():
    (root,) = (declarations for selector, declarations in rules() if selector == ":root")
    own = {"--ink": "INK", "--quiet": "QUIET_INK", "--line": "LINE", "--suppressed": "SUPPRESSED"}
    assert {name: root[name] for name in own} == {
        name: getattr(theme, constant) for name, constant in own.items()
    }
    fills = coloured("background")
    for status, fill in coverage.FILL.items():
        (own_fill,) = {fills[each] for each in fills if re.search(rf"\.grid \.{status}\b", each)}
        assert own_fill == fill, status


def test_words_of_the_pages_stand_out_from_any_ground():
    """Dark ink from every fill, the other inks from every ground that is no fill."""
    inks, grounds = coloured("color"), coloured("background")
    fills = {ground for selector, ground in grounds.items() if is_fill(selector)}
    plain = {ground for selector, ground in grounds.items() if not is_fill(selector)}
    assert [fill for fill in fills if contrast(theme.INK, fill) < 4.5] == []
    faint = [pair for pair in itertools.product({*inks.values()}, plain) if contrast(*pair) < 4.5]
    assert faint == []


def test_a_faint_or_a_confusable_colour_is_noticed():
    assert contrast("#8a8a8a", "#ffffff") < 4.5 <= contrast("#757575", "#ffffff")
    assert distance("#a34700", "#5a7000") < DISTINGUISHABLE < distance("#0b4f8a", "#a34700")
