"""Colours are custom properties with a light and a dark value, in which text can be read."""

import re
from pathlib import Path

import pytest

STYLE = Path("pipelines/published/site/static/style")
SCHEMES = ("light", "dark")
OF_THEIR_OWN = {"base", "explorer"}
"""The sheet that has the values, and that of the explorer, which is being made anew."""
GROUNDS = {
    "ink": ("paper", "wash", "pale-accent", "pale-warm", "heat-1", "heat-2", "heat-3", "reported",
            "suppressed", "partial", "repeated", "withheld", "absent"),
    "paper": ("accent", "heat-4", "heat-5"),
    "grey": ("paper", "wash"),
    "accent": ("paper", "wash", "pale-accent"),
    "warm": ("paper", "pale-warm"),
}  # fmt: skip
"""The grounds on which text of a colour stands."""


def palette(scheme: str) -> dict[str, str]:
    """The colours of a scheme by name, as the first or second block of base.css has them."""
    blocks = re.findall(r":root \{(.*?)\}", (STYLE / "base.css").read_text(), re.S)
    return dict(re.findall(r"--([\w-]+): (#\w+)", blocks[SCHEMES.index(scheme)]))


def luminance(colour: str) -> float:
    """Relative luminance of a colour, as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) > 4 else "".join(2 * each for each in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read_on_its_grounds(scheme):
    colours = palette(scheme)
    low = {
        (text, ground): ratio
        for text, grounds in GROUNDS.items()
        for ground in grounds
        if (ratio := contrast(colours[text], colours[ground])) < 4.5
    }
    assert low == {}
    assert contrast("#fff", "#767676") == pytest.approx(4.54, abs=0.01)  # as WCAG's examples


def test_each_colour_has_a_light_and_a_dark_value():
    assert palette("light").keys() == palette("dark").keys()
    assert len(palette("light")) > 20


@pytest.mark.parametrize(
    "sheet", sorted(each.stem for each in STYLE.glob("*.css") if each.stem not in OF_THEIR_OWN)
)
def test_no_sheet_has_a_colour_without_a_name(sheet):
    text = (STYLE / f"{sheet}.css").read_text()
    assert re.findall(r"[:, ]#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])", text) == []
