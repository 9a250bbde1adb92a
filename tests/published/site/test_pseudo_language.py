"""Templates and code contain no words: in a made-up language, each word comes from a code list.

Every text and name of that language is in brackets. Anything else on a page must be data: numbers,
days, codes, and the names of sources.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from country_pages import edition, facts, speaker
from lxml import etree, html
from parsed_page import tidy
from standard_texts import plain, sheets, texts, whole

from pipelines.published.site import build
from pipelines.words import messages
from pipelines.words.language import Language
from schemas import codelists, standard

OPEN, CLOSED = "⟦", "⟧"
SPOKEN = ("aria-label", "alt", "title", "placeholder", "label", "data-saved", "data-failed")
"""Attributes that a reader sees or hears."""

SILENT = ("style", "svg", "code")
"""Elements without words of a language."""

SELF = {"tipstat", "BibTeX", "CSV", "JSON", "SVG", "PNG", "SDMX", "DuckDB", "Parquet",
        "Excel", "EN", "ES", "PT", "FR"}  # fmt: skip
"""Names that are the same in each language."""

STATES = ("BRA", "HTI", "KNA", "MEX")
"""With figures of their own offices, many or few, hidden, doubtful or none."""
OTHERS = tuple(area for area in codelists.oas_states() if area not in STATES)

FILE = r"[\w-]+\.(?:csv(?:\.gz|\.zip)?|zip|html|md|cff|json|jsonld|ttl|xml|parquet|duckdb)"
"""A file by its name."""


def bracketed(language: Language) -> Language:
    """Return the language with all its texts in brackets."""

    def wrap(texts):
        return {code: f"{OPEN}{text}{CLOSED}" for code, text in texts.items()}

    names = {name: wrap(texts) for name, texts in language.names.items()}
    return Language(language.code, wrap(language.words), names)


@pytest.fixture(scope="module", autouse=True)
def bracketed_messages() -> Iterator[None]:
    """Have all messages in brackets too."""
    said = messages.said
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            messages, "said", lambda *key, **given: f"{OPEN}{said(*key, **given)}{CLOSED}"
        )
        yield


def pages(built: Path, areas: tuple[str, ...]) -> dict[str, html.HtmlElement]:
    """Return the pages of the shipped figures in that language, of these states."""
    return {
        path: html.document_fromstring(re.sub(r'<span lang="\w+">([^<]*)</span>', r"\1", text))
        for path, text in files(built, bracketed(speaker(built)), areas)
        if path.endswith(".html")
    }


def files(built: Path, language: Language, areas: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    site = edition(built).in_language(language)
    for kind in build.KINDS:
        known = facts(built, kind)
        if kind in build.OF_STATES:
            for area in areas:
                yield from kind.files(site.of_state(area), known.of(area), language)
        elif kind in build.OF_INDICATORS:
            for own in map(known.of, known.own):
                yield from kind.files(site.of_sources(own.sources), own, language)
        else:
            yield from kind.files(site, known, language)


@pytest.fixture(scope="module")
def data(built) -> re.Pattern[str]:
    """A pattern of data: the texts of sources, every code, days, and numbers."""
    with duckdb.connect(built, read_only=True) as connection:
        sources = connection.execute(
            "select columns(* exclude (cadence_days, person_level, threshold, nationwide, "
            "sums_sexes, redistribute, release_day, caveats)) from main.source"
        ).fetchall()
        caveats = connection.execute(
            "select unnest(caveats) from main.source "
            "union all select concat(publisher, ', ', title) from main.source "
            "union all select rule_id from main.rule "
            "union all select view_name from duckdb_views() where schema_name = 'published' "
            "union all select table_name from duckdb_tables() where schema_name = 'published' "
            "union all select text from published.sentence where language = 'en' "
            "union all select caution_text from published.sentence where language = 'en' "
            "union all select distinct trim(regexp_extract(comment, '^([^;(]|\\([^)]*\\))*')) "
            "from published.headline "
            "where comment is not null"
        ).fetchall()
    codes = {code for names in speaker(built).names.values() for code in names if code.isupper()}
    cells = (cell for row in [*sources, *caveats] for cell in row if cell)
    texts = {" ".join(str(cell).split()).rstrip(".") for cell in cells}
    sentences = (text for text in texts if text.count(" ") > 3)
    texts |= {text[:1].upper() + text[1:] for text in [*sentences]}
    own = {each.say("language_name") for each in edition(built).languages}
    ordered = sorted(texts | codes | SELF | own, key=len, reverse=True)
    listed = "|".join(re.escape(text) for text in ordered)
    return re.compile(rf"(?<!\w)(?:{FILE}|{listed}|\d{{1,2}} [A-Z][a-z]+ \d{{4}}|V\d+)(?!\w)")


def standard_texts() -> Iterator[str]:
    """Yield what pages say of the common standard in English: texts, titles, counterparts."""
    for content in (whole(), *sheets().values()):
        yield from texts(content, "en")
        yield from plain(content)
        for code in content.get("codes", {}).values():
            yield from (f"{name}: {label}" for name, label in code.get("map", {}).items())
    yield from (each["en"].partition(",")[0].upper() for each in whole()["statuses"].values())
    for name in sheets():
        yield standard.citation(name, "en").rpartition(", ")[0]


def outside_of_brackets(text: str) -> str:
    """Return the text outside of brackets; a name may lack its start, or be open to its end."""
    depth, left = 0, []
    for sign in text:
        if sign == CLOSED and depth == 0:
            left = []
            continue
        depth += (sign == OPEN) - (sign == CLOSED)
        left.append(sign if depth == 0 and sign != CLOSED else "")
    return "".join(left)


def has_own_word(text: str, data: re.Pattern[str]) -> bool:
    """Return whether a word is left that is neither in a code list nor data."""
    left = data.sub(" ", " ".join(outside_of_brackets(text).split())).strip()
    # A text that is cut short is the beginning of some data.
    cut = re.sub(r"^\(\d\) |…$", "", left).strip(" ·")
    begins = left.endswith("…") and f"(?:{re.escape(cut)}" in re.sub(r"\|", "|(?:", data.pattern)
    return bool(re.search(r"[^\W\d_]{2,}", left)) and not begins


def spoken(document: html.HtmlElement) -> Iterator[str]:
    """Yield every text that a reader sees or hears, the words of the charts included."""
    yield from document.xpath("//meta[@name='description']/@content")
    for carried in document.xpath("//script[@type='application/json']/text()"):
        yield from chart_texts(json.loads(carried))
    for element in document.iter(etree.Element):
        yield from (element.get(name) for name in SPOKEN if element.get(name))
    # Definitions, caveats and summaries of statements are in English only, as the page marks them.
    silent = " or ".join(f"ancestor::{name}" for name in (*SILENT, "script"))
    yield from document.xpath(
        f"//text()[not({silent} or ancestor::td[@lang='en'] or ancestor::ul[@lang='en'] "
        "or ancestor::span[@class='said'])]"
    )


def chart_texts(part: object) -> Iterator[str]:
    """Yield every text that a chart prints, or that leaves the page with it."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("title", "subtitle", "note", "source", "name") and isinstance(value, str):
                yield value
            elif key == "breaks":
                yield from (label for _, label in value)
            else:
                yield from chart_texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from chart_texts(each)


def is_of_standard(text: str, known: set[str]) -> bool:
    """Return whether the sheets of the common standard say a text, or part of it between links."""
    left = outside_of_brackets(text).replace("– tipstat", "").replace("()", "")
    left = tidy(left).strip(" ·:.,")
    is_part = (" " in left or left.islower()) and any(left in each for each in known)
    return is_part or known.issuperset(left.split(" × "))


@pytest.mark.slow
@pytest.mark.parametrize(
    "areas", [STATES, pytest.param(OTHERS, marks=pytest.mark.exhaustive)], ids=["most", "others"]
)
def test_every_word_is_of_a_code_list_or_data(built, data, areas):
    documents = pages(built, areas)
    texts = {text.strip(): path for path, page in documents.items() for text in spoken(page)}
    known = {*map(tidy, standard_texts())}
    texts = {text: path for text, path in texts.items() if not is_of_standard(text, known)}
    assert {text: path for text, path in texts.items() if has_own_word(text, data)} == {}


@pytest.mark.parametrize(
    "text",
    ["Victims", f"{OPEN}Argentina{CLOSED} in 2020", "suppressed", "<5 of", f"by {OPEN}sex{CLOSED}"],
)
def test_a_word_of_a_template_is_found(data, text):
    assert has_own_word(text, data)


@pytest.mark.parametrize(
    "text", [f"{OPEN}{OPEN}Argentina{CLOSED}: 12 victims{CLOSED}", "1\u202f247", "VIC_DETECT", "–"]
)
def test_data_is_no_word(data, text):
    assert not has_own_word(text, data)
