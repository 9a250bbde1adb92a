"""The files to download with each chart: its figures in codes, its table, its description.

| file | holds | for |
|---|---|---|
| `<page>-<anchor>.csv` | the published rows, in codes; commas, decimal points | programs |
| `<page>-<anchor>-<language>.csv` | the table beside the chart | spreadsheets |
| `<page>-<anchor>-<language>.json` | title, text alternative, source, terms, columns | both |

The files reveal nothing that the page withholds: for a suppressed or withheld row they have only
the codes that identify it, and the bounds of a suppressed figure. A chart with figures that may not
be redistributed has no files.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Final

import orjson

from pipelines.lib.csv_injection import FORMULA, GUARDED, separator
from pipelines.published.i18n.language import NARROW_SPACE, Language
from pipelines.published.series.disclosure import Kind, disclosed_row
from pipelines.published.site.figures.context import File, Site
from pipelines.published.site.figures.view import Cell, FigureView, releases, stem
from schemas import codelists

Row = dict[str, Any]

_TERMS: Final = ("publisher", "licence_en", "edition")
_FORMULA: Final = re.compile(FORMULA)
_BETWEEN_THOUSANDS: Final = re.compile(rf"(?<=\d){NARROW_SPACE}(?=\d)")
_MARK: Final = "\ufeff"  # Excel needs it to recognise UTF-8


def files(
    site: Site, page: str, figures: Iterable[FigureView], language: Language
) -> Iterator[File]:
    """Yield the files of the figures on a page; `page` is its path below the language's folder.

    The file in codes is the same in every language, so it comes with the first one only.
    """
    for shown in figures:
        if not site.may_redistribute(shown):
            continue
        place = stem(page, shown.anchor)
        if language.code == site.languages[0].code:
            yield f"{place}.csv", in_codes(site, shown)
        yield f"{place}-{language.code}.csv", in_words(site, shown, language)
        yield f"{place}-{language.code}.json", _described(site, page, shown, language)


def in_codes(site: Site, shown: FigureView) -> str:
    """Return the published rows that a figure was made from, as CSV.

    The columns are those of the frame that a published view has too, then publisher, terms of use
    and edition.
    """
    columns = [name for name in shown.frame.columns if name in site.columns]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*columns, *_TERMS])
    for row in _rows(shown):
        safe, source = disclosed_row(row), site.sources.get(row.get("source", shown.source), {})
        terms = (source.get("publisher", ""), source.get("licence_en", ""), _edition(site))
        writer.writerow([*(_text(safe.get(name)) for name in columns), *terms])
    return text.getvalue()


def in_words(site: Site, shown: FigureView, language: Language) -> str:
    """Return a figure's table as CSV for spreadsheets, with remarks and source in own columns.

    Numbers have no thousands separator, so that a spreadsheet reads them as numbers.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator(language.decimal), lineterminator="\n")
    remark = language.say("remark")
    heads = [head for column in shown.table.columns for head in (column, f"{column} ({remark})")]
    last = (language.say("files_source"), language.say("files_edition"))
    writer.writerow(map(_guarded, [shown.table.row_heading, *heads, *last]))
    notes = dict(shown.notes)
    edition = site.edition(language)
    for heading, cells in shown.table.rows:
        pairs = [part for cell in cells for part in (_figure(cell), _remarks(cell, notes))]
        writer.writerow([_guarded(heading), *pairs, _guarded(shown.origin), edition])
    return _MARK + text.getvalue()


def _described(site: Site, page: str, shown: FigureView, language: Language) -> str:
    """Return the description of a figure as JSON."""
    place = PurePosixPath(stem(page, shown.anchor)).name
    held = {*shown.frame.columns}
    known = {name: text for name, text in site.columns.items() if name in held}
    description = {
        "id": f"{page.removesuffix('.html')}#{shown.anchor}",
        "language": language.code,
        "page": f"{language.code}/{page}#{shown.anchor}",
        "title": shown.headline,
        "subtitle": shown.subtitle,
        "description": shown.in_words,
        "caveat": language.say("not_prevalence"),
        "indicators": [_indicator(code, language) for code in shown.indicators],
        "origin": shown.origin,
        "sources": [_source(site.sources[each], shown, language) for each in shown.sources],
        "version": site.version,
        "day": site.day,
        "notes": [{"number": number, "text": text} for number, text in shown.notes],
        "files": {"codes": f"{place}.csv", "words": f"{place}-{language.code}.csv"},
        "columns": [{"name": name, "description": text} for name, text in known.items()],
    }
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(description, option=options).decode()


def _indicator(code: str, language: Language) -> dict[str, str]:
    """Return an indicator with its name and units in words."""
    units = {name: language.name(name, of[code]) for name, of in _units().items()}
    return {"code": code, "name": language.name("indicator", code), **units}


@cache
def _units() -> dict[str, dict[str, str]]:
    """Return the codes of each indicator's counting unit and unit of measure."""
    rows = codelists.load("indicator").set_index("code")
    return {name: rows[name].to_dict() for name in ("count_unit", "unit_measure")}


def _source(source: Row, shown: FigureView, language: Language) -> Row:
    """Return a source with the releases of its figures and its terms in the reader's language."""
    names = ("source", "publisher", "title", "citation", "address", "release_day")
    terms = {name: source[f"{name}_{language.code}"] for name in ("licence", "counted")}
    days = {"releases": releases(shown.frame, source["source"])}
    return {name: source[name] for name in names} | days | terms


def _rows(shown: FigureView) -> Iterator[Row]:
    """Yield the rows of the frame, by way of one array: far faster than row by row."""
    names = shown.frame.columns.tolist()
    for row in shown.frame.to_numpy(object).tolist():
        yield dict(zip(names, row, strict=True))


def _text(cell: object) -> str:
    """Return a cell as text: "" for a missing value, no needless decimals."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, (int, float)):
        return "" if math.isnan(cell) else f"{cell:.15g}"
    return str(cell) if isinstance(cell, str) else ""


def _figure(cell: Cell) -> str:
    """Return the text of a cell; a number as a spreadsheet reads it."""
    if cell.kind != Kind.FIGURE:
        return _guarded(cell.text)
    return _BETWEEN_THOUSANDS.sub("", cell.text)


def _remarks(cell: Cell, notes: dict[int, str]) -> str:
    """Return the remarks on a cell, each with its footnote."""
    remarks = [f"{word}: {notes[at]}" if at else word for word, at in cell.remarks]
    return _guarded("; ".join(remarks))


def _guarded(text: str) -> str:
    return _FORMULA.sub(GUARDED, text)


def _edition(site: Site) -> str:
    return f"tipstat {site.version}, {site.day}"
