"""The pages: what each one shows, and its text. No file is read here but the templates."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import jinja2
import pandas as pd

from pipelines.charts.language import Language
from pipelines.charts.series import Kind, read
from pipelines.site.figures import CHAIN, VICTIMS, Kit, Shown, show

_KITS: Final = (VICTIMS, CHAIN)
_ROOT_LANGUAGE: Final = "en"

Part = tuple[dict[Any, Any], pd.DataFrame]
"""A source, and the rows of one figure."""


@dataclass(frozen=True)
class Published:
    """What the pages are made of.

    Attributes:
        areas: one row per state: code, and its place in each language's alphabet.
        figures: one row per source, state, indicator and year, as sql/figure.sql describes it.
        sources: what is said of each source that has a figure, with its newest release.
        languages: the languages to write.
    """

    areas: list[dict[Any, Any]]
    figures: pd.DataFrame
    sources: list[dict[Any, Any]]
    languages: list[Language]


@dataclass(frozen=True)
class Section:
    """A part of a country page: figures of one kind, one per source."""

    kit: Kit
    figures: list[Shown]


@dataclass(frozen=True)
class Coverage:
    """For which years the sources hold a figure on detected victims in one state."""

    area: str
    years: list[int]
    suppressed: list[int]


def render(published: Published) -> dict[str, str]:
    """The text of every page, by its path below the site's folder."""
    return dict(_indexes(published)) | dict(_countries(published))


def _indexes(published: Published) -> Iterator[tuple[str, str]]:
    template = _template("index")
    coverage = {area["code"]: _coverage(published, area["code"]) for area in published.areas}
    for language in published.languages:
        places = {area["code"]: area[f"place_{language.code}"] for area in published.areas}
        facts = {
            "sources": published.sources,
            "coverage": [coverage[code] for code in sorted(places, key=lambda code: places[code])],
        }
        pages = {f"{language.code}/index.html": "../"}
        if language.code == _ROOT_LANGUAGE:
            pages["index.html"] = ""
        for path, root in pages.items():
            yield path, template.render(_frame(published, language, root, "index.html"), **facts)


def _countries(published: Published) -> Iterator[tuple[str, str]]:
    template = _template("country")
    last = published.figures.groupby("source")["year"].max().to_dict()
    found = dict(iter(published.figures.groupby("ref_area")))
    nothing = published.figures.head(0)
    for area in published.areas:
        page, rows = f"country/{area['code'].lower()}.html", found.get(area["code"], nothing)
        parts = _parts(published.sources, rows)
        for language in published.languages:
            name = language.name("area", area["code"])
            sections = _sections(parts, last, name, language)
            facts = {
                "area": name,
                "sections": sections,
                "missing": _missing(sections),
                "sources": published.sources,
            }
            frame = _frame(published, language, "../../", page)
            yield f"{language.code}/{page}", template.render(frame, **facts)


def _sections(
    parts: dict[str, list[Part]], last: dict[Any, int], area: str, language: Language
) -> list[Section]:
    return [
        Section(
            kit,
            [
                show(kit, rows, _years(rows, last[source["source"]]), area, source, language)
                for source, rows in parts[kit.code]
            ],
        )
        for kit in _KITS
    ]


def _parts(sources: list[dict[Any, Any]], rows: pd.DataFrame) -> dict[str, list[Part]]:
    """What each figure of a state is drawn from, by kind of figure: a source and its rows."""
    of_source = dict(iter(rows.groupby("source")))
    return {
        kit.code: [
            (source, part)
            for source in sources
            if source["source"] in of_source
            for part in _by_kind_of_year(_own(of_source[source["source"]], kit))
        ]
        for kit in _KITS
    }


def _by_kind_of_year(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows by what a year means in them: calendar and reporting years are no one series.

    What is withheld or withdrawn bears no such word, and goes with the first.
    """
    if rows.empty:
        return []
    kinds = sorted(rows["time_basis"].dropna().unique())
    said = rows["time_basis"].fillna(kinds[0] if kinds else "")
    return [part for _, part in rows.groupby(said)]


def _own(rows: pd.DataFrame, kit: Kit) -> pd.DataFrame:
    return rows[rows["indicator"].isin(kit.indicators)]


def _missing(sections: list[Section]) -> list[str]:
    """The indicators for which no source has a figure."""
    known = {code for section in sections for shown in section.figures for code in shown.known}
    return [code for kit in _KITS for code in kit.indicators if code not in known]


def _years(own: pd.DataFrame, last: int) -> range:
    """From the first year of the state to the last of the source, so that lateness shows."""
    return range(int(own["year"].min()), int(last) + 1)


def _coverage(published: Published, area: str) -> Coverage:
    """Years with an exact figure in any source, and those with none but a suppressed one."""
    rows = _own(published.figures[published.figures["ref_area"] == area], VICTIMS)
    known: dict[Kind, set[int]] = {Kind.FIGURE: set(), Kind.SUPPRESSED: set()}
    for _, own in rows.groupby("source"):
        (series,) = read(own, VICTIMS.indicators, _years(own, own["year"].max()))
        for kind, years in known.items():
            years |= {point.year for point in series.of(kind)}
    years = known[Kind.FIGURE] | known[Kind.SUPPRESSED]
    return Coverage(area, sorted(years), sorted(known[Kind.SUPPRESSED] - known[Kind.FIGURE]))


def _frame(published: Published, language: Language, root: str, page: str) -> dict[str, Any]:
    """What every page needs: its words, the way to the root, the same page in each language."""
    return {
        "language": language,
        "say": language.say,
        "root": root,
        "page": page,
        "languages": published.languages,
    }


def _template(name: str) -> jinja2.Template:
    return _environment().get_template(f"{name}.html.j2")


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
