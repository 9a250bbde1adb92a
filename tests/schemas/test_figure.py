"""The parser of printed figures: known answers, refusals, and every printed form read back."""

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
    "",
    "*",
    " *",
    "†",
    "(1)",
    " (1)",
    " (12)",
    " [b]",
    "[2]",
    "¹",
    " ¹²",
    " a/",
    "* (1)",
    " (r)",
    "r/",
]
LETTERS = {"": "A", " p": "P", "p": "P", " r": "A", "r": "A", " e": "E", "e": "E"}
OAS = (
    "AG AR BS BB BZ BO BR CA CL CO CR CU DM DO EC SV GD GT GY HT HN JM MX NI PA PY PE KN LC VC SR "
    "TT US UY VE"
)
AMERICAN = sorted(name for name in locale_identifiers() if name.rpartition("_")[2] in OAS.split())

EXACT = [
    ("0", None, 0),
    ("1234", None, 1234),
    ("05", None, 5),
    ("12.5", None, 12.5),
    ("12,5", None, 12.5),
    ("0.28", None, 0.28),
    ("0.123", None, 0.123),
    ("0,123", None, 0.123),
    ("1234.567", None, 1234.567),
    ("1,234,567", None, 1234567),
    ("1.234.567", None, 1234567),
    ("1,234.5", None, 1234.5),
    ("1.234,56", None, 1234.56),
    ("1\u00a0234", None, 1234),
    ("1\u202f234\u202f567", None, 1234567),
    ("1'234", None, 1234),
    ("1’234’567.8", None, 1234567.8),
    ("1 234,567", None, 1234.567),
    (" \u00a0 56 ", None, 56),
    ("1,234", "es_AR", 1.234),
    ("1.234", "es_AR", 1234),
    ("1.234", "en_US", 1.234),
    ("-5", None, -5),
    ("−5", None, -5),
    ("-1,234", "en_US", -1234),
    ("999999999999999", None, 999999999999999),
]
HIDDEN = [
    ("<5*", 4),
    ("<1", 0),
]
MISSING = {
    "O": [
        *("", " ", "\u00a0\u2009\u202f", "-", "–", "—", "−", " - ", ":", "..", "...", "…"),
        *("NaN", "nan", "n/a", "N/A", "na", "NA", "n.a."),
    ],
    "L": ["n.d.", "N.D.", "n/d", "N/D", "s/d", "S/D"],
}
REFUSED = [
    ("1.234", None, "reads as 1.234 (decimals) or as 1234 (thousands) - declare locale"),
    ("1,234", None, "reads as 1.234 (decimals) or as 1234 (thousands)"),
    ("<1,000", None, "reads as 1 (decimals) or as 1000 (thousands)"),
    ("1234,567", "en_US", "not those of en_US"),
    ("1.234", "fr_CA", "not those of fr_CA"),
    ("1 234,567", "en_US", "not those of en_US"),
    ("1 234\u00a0567", None, "not those of any locale"),
    ("12,34,567", None, "not those of any locale"),
    ("1.234.56", None, "not those of any locale"),
    ("1234567890123456", None, "over 15 digits"),
    ("1234", "es_ZZ", "not a CLDR locale"),
    ("1234", "en-US", "not a CLDR locale"),
    ("1234", "", "not a CLDR locale"),
    ("*", None, "ask what it hides; set it aside by name"),
    ("¹", None, "neither a figure"),
    ("<0", None, "hides no whole number"),
    ("<-5", None, "neither a figure"),
    ("<5.5", None, "hides no whole number"),
    ("<5 p", None, "neither a figure"),
    ("<", None, "undeclared mark"),
    (">5", None, "neither a figure"),
    (">=10 <=9", None, "the wrong way round"),
    ("&lt;5", None, "HTML entity"),
    ("less than 5", None, "neither a figure"),
    ("12 victims", None, "neither a figure"),
    ("(5)", None, "minus a figure, or a note alone"),
    ("5-", None, "neither a figure"),
    ("–5", None, "neither a figure"),
    ("+5", None, "neither a figure"),
    ("45%", None, "percentage"),
    ("1e309", None, "computer's notation"),
    ("1.2E+05", None, "computer's notation"),
    ("inf", None, "computer's notation"),
    ("5-9", None, "a range, a date or a time"),
    ("2021-05-03", None, "a range, a date or a time"),
    ("١٢٣", None, "digits other than 0-9"),
    ("１２", None, "digits other than 0-9"),
    ("12³4", None, "neither a figure"),
    ("123 (2019)", None, "neither a figure"),
    ("123 (p)", None, "neither a figure"),
    ("12.", None, "neither a figure"),
    ("12\n", None, "control characters"),
    ("\t", None, "control characters"),
    ("1\x0034", None, "control characters"),
    ("1" * (LONGEST + 1), None, "over 64 characters"),
]


@pytest.mark.parametrize(("text", "locale", "value"), EXACT)
def test_reads_a_number(text: str, locale: str | None, value: float) -> None:
    """A number with one reading is exact, normal and free."""
    assert parse(text, locale) == Figure(value, value, value, "A", "F")


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


@pytest.mark.parametrize(
    ("text", "status"), [(text, status) for status, texts in MISSING.items() for text in texts]
)
def test_a_missing_cell_has_no_value_and_is_never_zero(text: str, status: str) -> None:
    """A missing mark has neither value nor bounds (V2, V5)."""
    assert parse(text) == Figure(None, None, None, status, "F")


@pytest.mark.parametrize(("text", "locale", "why"), REFUSED)
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
    | st.text("0123456789., \u00a0\u202f'’-−<≤=*()[]/¹²pre", max_size=12)
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
