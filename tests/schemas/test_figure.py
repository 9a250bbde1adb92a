"""The parser of printed figures: known answers, refusals, and every printed form read back."""

import ast
import csv
from pathlib import Path

import pytest
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal
from fuzz.contract import examine_figure
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.figure import APOSTROPHE, LONGEST, SPACE, Figure, FigureError, parse, parse_sum

# Decimal sign and thousands sign as the publishers of each country print them.
SIGNS = {
    "en_US": (".", ","),
    "es_MX": (".", ","),
    "es_AR": (",", "."),
    "pt_BR": (",", "."),
    "fr_CA": (",", "\u00a0"),
    "es_CR": (",", "\u00a0"),
    "de_CH": (".", "’"),
}
NOTES = [
    "", "*", " *", "†", "(1)", " (1)", " (12)", " [b]", "[2]", "¹", " ¹²", " a/", "* (1)", " (r)",
    "r/",
]  # fmt: skip
LETTERS = {"": "A", " p": "P", "p": "P", " r": "A", "r": "A", " e": "E", "e": "E"}
OAS = (
    "AG AR BS BB BZ BO BR CA CL CO CR CU DM DO EC SV GD GT GY HT HN JM MX NI PA PY PE KN LC VC SR "
    "TT US UY VE"
)
AMERICAN = sorted(name for name in locale_identifiers() if name.rpartition("_")[2] in OAS.split())


def known(kind: str) -> list[tuple[str, str | None, str]]:
    """Return text, locale and what becomes of it, of the lines of a kind in figures.csv."""
    with Path(__file__).with_name("figures.csv").open(encoding="utf-8", newline="") as file:
        return [
            (ast.literal_eval(line["text"]), None if line["locale"] == "none" else line["locale"],
             line["is"])
            for line in csv.DictReader(file) if line["becomes"] == kind
        ]  # fmt: skip


HIDDEN = [
    ("<5*", 4),
    ("<1", 0),
]


@pytest.mark.parametrize(("text", "locale", "value"), known("number"))
def test_reads_a_number(text: str, locale: str | None, value: str) -> None:
    """A number with one reading is exact, normal and free."""
    exact = float(value)
    assert parse(text, locale) == Figure(exact, exact, exact, "A", "F")


@pytest.mark.parametrize(("text", "upper"), HIDDEN)
def test_reads_a_suppressed_figure_as_an_interval(text: str, upper: float) -> None:
    """A hidden figure has bounds, no value, and is a primary small count (V3)."""
    assert parse(text) == Figure(None, 0, upper, "Q", "A")


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [(">=10", 10, None), ("≥ 10", 10, None), (">=10 <=57", 10, 57), (">=0", 0, None)],
)
def test_reads_a_figure_hidden_for_the_sake_of_another(
    text: str, lower: float, upper: float | None
) -> None:
    """It need not be small: it may have a lower bound, and no upper one."""
    assert parse(text) == Figure(None, lower, upper, "Q", "C")
    assert parse_sum(f"{text} + 5") == Figure(
        None, lower + 5, upper and upper + 5, "Q", "A" if upper else "C"
    )


@pytest.mark.parametrize(("text", "locale", "status"), known("missing"))
def test_a_missing_cell_has_no_value_and_is_never_zero(text: str, locale: None, status) -> None:
    """A missing mark has neither value nor bounds (V2, V5)."""
    assert parse(text, locale) == Figure(None, None, None, status, "F")


@pytest.mark.parametrize(("text", "locale", "why"), known("refused"))
def test_refuses_in_one_line_with_a_remedy(text: str, locale: str | None, why: str) -> None:
    """Refuse text with more than one reading: what, why, and what to do."""
    with pytest.raises(FigureError) as refused:
        parse(text, locale)
    message = str(refused.value)
    assert why in message
    assert ": " in message and " - " in message and message.isprintable()


def test_minus_zero_is_zero() -> None:
    """The sign of a zero does not reach the files."""
    assert str(parse("-0").value) == "0.0"


def printed(whole: int, part: str, decimal: str, group: str) -> str:
    """Return a number as a publisher prints it."""
    return f"{whole:,}".replace(",", group) + (decimal + part if part else "")


wholes = st.integers(0, 10**9) | st.integers(0, 1100) | st.sampled_from([10**6, 10**9])
parts = st.text("0123456789", max_size=2)
locales = st.sampled_from(sorted(SIGNS))
groups = st.sampled_from(["own", "", *SPACE, *APOSTROPHE])
signs = st.sampled_from([".", ",", *SPACE, *APOSTROPHE])
pads = st.text(SPACE, max_size=2)
texts = (
    st.text()
    | st.text("0123456789., \u00a0\u202f'’-−<≤≥>=*()[]/¹²pre", max_size=12)
    | st.text("019.,  '", max_size=9)
)


@given(wholes, parts, locales, groups, pads, st.sampled_from(NOTES), st.sampled_from([*LETTERS]))
def test_every_printed_form_reads_back(
    whole: int, part: str, locale: str, group: str, pad: str, note: str, letter: str
) -> None:
    """Any separator legal in the locale, any padding and any note give exactly the figure."""
    decimal, own = SIGNS[locale]
    number = printed(whole, part, decimal, own if group == "own" else group)
    value = float(f"{whole}.{part or 0}")
    expected = Figure(value, value, value, LETTERS[letter], "F")
    assert parse(pad + number + letter + note + pad, locale) == expected
    assert parse(pad + number + note + letter + pad, locale) == expected


@given(st.integers(-(10**11), 10**11), st.integers(0, 2), st.sampled_from([*SIGNS, *AMERICAN]))
def test_what_babel_prints_reads_back(number: int, places: int, locale: str) -> None:
    """The form that CLDR gives each locale of the Americas is read as the number."""
    value = number / 10**places
    assert parse(format_decimal(value, locale=locale), locale).value == value


@given(wholes, locales, groups, st.sampled_from(["<", "< ", "≤", "≤ ", "<=", "<= "]))
def test_below_n_is_an_interval(n: int, locale: str, group: str, sign: str) -> None:
    """'<n' is [0, n-1] and '≤n' is [0, n], however n is printed."""
    number = printed(n, "", "", SIGNS[locale][1] if group == "own" else group)
    upper = n - (sign.strip() == "<")
    if upper < 0:
        with pytest.raises(FigureError):
            parse(sign + number, locale)
    else:
        assert parse(sign + number, locale) == Figure(None, 0, upper, "Q", "A")


@given(texts, locales | st.none() | st.text(max_size=6))
@example("1" * LONGEST, None)
@example("\ud800", "en_US")
def test_any_text_is_a_sound_figure_or_a_figure_error(text: str, locale: str | None) -> None:
    """No other exception, no NaN, no infinity; bounds in order; statuses as V2 and V3 ask."""
    examine_figure(text, locale)


@given(texts | st.builds(printed, wholes, st.text("0123456789", max_size=4), signs, signs))
def test_without_a_locale_never_read_otherwise_than_with_one(text: str) -> None:
    """No declared locale: the reading of every locale that accepts the text, or a refusal."""
    readings = {read for locale in SIGNS if (read := attempt(text, locale))}
    read = attempt(text, None)
    assert read is None or readings <= {read}
    assert len(readings) < 2 or read is None


def attempt(text: str, locale: str | None) -> Figure | None:
    """Return the figure, or None if it is refused."""
    try:
        return parse(text, locale)
    except FigureError:
        return None
