"""No word stands in a template or in code: in a made-up language, each comes from a code list.

Every text and name of that language is in brackets. What stands outside of them on a page must be
data: numbers, days, codes, and what a source calls itself.
"""

import json
import re
from collections.abc import Iterator
from html import unescape

import duckdb
import pytest
from justhtml import JustHTML
from valid_html import elements, parsed

from pipelines.published.i18n.language import Language
from pipelines.published.site import build
from pipelines.published.site.figures import context

OPEN, CLOSED = "⟦", "⟧"
SPOKEN = ("aria-label", "alt", "title", "placeholder", "label", "data-saved", "data-failed")
"""Attributes that a reader sees or hears."""

SELF = {"tipstat", "CSV", "JSON", "SVG", "PNG", "SDMX", "DuckDB", "Parquet", "Excel"}
"""Names that are the same in each language."""

FILE = r"[\w-]+\.(?:csv|md|cff|json|xml|parquet|duckdb)"
"""A file by its name."""


def bracketed(language: Language) -> Language:
    """The language with all its texts in brackets."""

    def wrap(texts):
        return {code: f"{OPEN}{text}{CLOSED}" for code, text in texts.items()}

    names = {name: wrap(texts) for name, texts in language.names.items()}
    return Language(language.code, wrap(language.words), names)


@pytest.fixture(scope="module")
def pages(built) -> dict[str, JustHTML]:
    """The pages of the shipped figures in that language."""
    with duckdb.connect(built, read_only=True) as connection:
        site = context.read(connection)
        language = bracketed(next(each for each in site.languages if each.code == "en"))
        return {
            path: parsed(text)
            for kind in build.KINDS
            for path, text in kind.files(site, kind.read(connection), language)
            if path.endswith(".html")
        }


@pytest.fixture(scope="module")
def data(built) -> re.Pattern[str]:
    """What is data: the texts of sources, every code, days, and numbers."""
    with duckdb.connect(built, read_only=True) as connection:
        said = connection.execute(
            "select columns(* exclude (cadence_days, person_level, threshold, nationwide, "
            "redistribute, release_day, caveats)) from main.source"
        ).fetchall()
        caveats = connection.execute(
            "select unnest(caveats) from main.source "
            "union all select concat(publisher, ', ', title) from main.source"
        ).fetchall()
        site = context.read(connection)
        codes = {
            code for names in site.languages[0].names.values() for code in names if code.isupper()
        }
    texts = {str(cell).rstrip(".") for row in [*said, *caveats] for cell in row if cell}
    own = {each.say("language_name") for each in site.languages}
    ordered = sorted(texts | codes | SELF | own, key=len, reverse=True)
    listed = "|".join(re.escape(text) for text in ordered)
    return re.compile(rf"(?<!\w)(?:{FILE}|{listed}|\d{{1,2}} [A-Z][a-z]+ \d{{4}}|V\d+)(?!\w)")


def outside_of_brackets(text: str) -> str:
    """What is left of a text; a name that is cut short is open to its end."""
    depth, left = 0, []
    for sign in text:
        depth += (sign == OPEN) - (sign == CLOSED)
        left.append(sign if depth == 0 and sign != CLOSED else "")
    return "".join(left)


def is_untold(text: str, data: re.Pattern[str]) -> bool:
    """Return whether a word is left that is neither in a code list nor data."""
    left = data.sub(" ", " ".join(outside_of_brackets(text).split())).strip()
    # What is cut short is the beginning of some data.
    cut = re.sub(r"^\(\d\) |…$", "", left).strip(" ·")
    begins = left.endswith("…") and f"(?:{re.escape(cut)}" in re.sub(r"\|", "|(?:", data.pattern)
    return bool(re.search(r"[^\W\d_]{2,}", left)) and not begins


def spoken(document: JustHTML) -> Iterator[str]:
    """Every text that a reader sees or hears, the words of the charts included."""
    for element in elements(document):
        # A code is data; what most codes mean is told in English only, and marked so.
        is_definition = element.name == "td" and element.attrs.get("lang") == "en"
        if element.name in ("style", "svg", "code") or is_definition:
            continue
        own = [child.data for child in element.children if child.name == "#text"]
        if element.name == "script":
            if element.attrs.get("type") == "application/json":
                yield from chart_texts(json.loads("".join(own)))
            continue
        yield from own
        yield from (element.attrs[name] for name in SPOKEN if element.attrs.get(name))
        if element.name == "meta" and element.attrs.get("name") == "description":
            yield element.attrs["content"] or ""


def chart_texts(part: object) -> Iterator[str]:
    """Every text that Plotly prints or shows at a point."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("text", "hovertext", "ticktext", "customdata"):
                texts = value if isinstance(value, list) else [value]
                plain = (re.sub(r"</?\w+/?>", " ", each) for each in texts if isinstance(each, str))
                yield from map(unescape, plain)
            yield from chart_texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from chart_texts(each)


@pytest.mark.slow
def test_every_word_is_of_a_code_list_or_data(pages, data):
    untold = {
        text.strip(): path
        for path, document in pages.items()
        for text in spoken(document)
        if is_untold(text, data)
    }
    assert untold == {}


@pytest.mark.parametrize(
    "text",
    ["Victims", f"{OPEN}Argentina{CLOSED} in 2020", "suppressed", "<5 of", f"by {OPEN}sex{CLOSED}"],
)
def test_a_word_of_a_template_is_noticed(data, text):
    assert is_untold(text, data)


@pytest.mark.parametrize(
    "text", [f"{OPEN}{OPEN}Argentina{CLOSED}: 12 victims{CLOSED}", "1\u202f247", "VIC_DETECT", "–"]
)
def test_data_is_not(data, text):
    assert not is_untold(text, data)
