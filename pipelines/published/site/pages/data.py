"""The page of data: every form of extract and its use, the releases, the terms of the sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from pipelines.published.i18n import foreign_text
from pipelines.published.i18n.language import Language
from pipelines.published.site import rendering
from pipelines.published.site.figures import context
from pipelines.published.site.pages import revisions

_FORMS: Final = {
    "beside": ("../extracts/README.md", "../extracts/CITATION.cff", "../extracts/releases.csv"),
    "excel": (),
    "words": ("../extracts/csv/observation_{language}.csv",),
    "codes": ("../extracts/csv/observation.csv", "../extracts/datapackage.json"),
    "parquet": ("../extracts/parquet/observation.parquet",),
    "sdmx": (
        "../extracts/sdmx/structure.xml",
        "../extracts/sdmx/observation.csv",
        "../extracts/sdmx/sdg_16_2_2.csv",
    ),
    "open_sdg": (
        "../extracts/open_sdg/data/indicator_16-2-2.csv",
        "../extracts/open_sdg/meta/16-2-2.md",
    ),
    "duckdb": ("../warehouse/tipstat.duckdb",),
    "revisions": (revisions.CELLS,),
}
"""The forms of the data, and the paths of their files, seen from the site's folder."""


@dataclass(frozen=True)
class Facts:
    """The facts of the page.

    Attributes:
        rows: number of published figures.
        releases: rows of sql/release.sql.
    """

    rows: int
    releases: list[dict[Any, Any]]


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the number of figures, and the releases."""
    [(rows,)] = connection.execute("select count(*) from published.observation").fetchall()
    return Facts(
        rows=rows,
        releases=[
            context.without_bidi_controls(row)
            for row in context.query(connection, "release").to_dict("records")
        ],
    )


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the page."""
    yield rendering.page(
        site,
        "data",
        "data.html",
        language,
        rows=facts.rows,
        forms=[
            (form, [path.format(language=language.code) for path in paths])
            for form, paths in _FORMS.items()
        ],
        states=site.states[language.code],
        releases=[
            foreign_text.named(release, language.code) | {"release": _released(release, language)}
            for release in sorted(
                facts.releases,
                key=lambda release: _place(foreign_text.named(release, language.code)),
            )
        ],
        sources=list(site.sources.values()),
        population=list(site.population.values()),
    )


def _place(release: dict[Any, Any]) -> tuple[str, str, str]:
    """Return the sort key: publisher as the reader knows it, then title and day."""
    return release["publisher"], release["title"], release["release"]


def _released(release: dict[Any, Any], language: Language) -> str:
    """Return the day of release, as far as it is known."""
    day = language.day(release["release"])
    assigned = language.say("day_assigned", released=day)
    return {"RETRIEVED": "–", "ASSIGNED": assigned}.get(release["release_day"], day)
