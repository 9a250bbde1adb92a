"""The page of data: what can be had, how to cite it, and the catalogue of sources."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from pipelines.published import extract_paths
from pipelines.published.charts.table import Cell, Table
from pipelines.published.languages import without_bidi_controls
from pipelines.published.site import context, dataset, rendering
from pipelines.published.site.context import Row
from pipelines.published.site.pages.about import citation
from pipelines.published.site.wording import citing
from pipelines.published.site.wording.sources import newest_read, provenance, release_text
from pipelines.warehouse import declarations
from pipelines.warehouse.sentences import AMERICAS
from pipelines.words import foreign_text
from pipelines.words.language import Language


@dataclass(frozen=True)
class DataFacts:
    """The facts of the page.

    Attributes:
        rows: number of published figures, by source.
        parquet: paths of the Parquet files among the extracts, by source.
        releases: rows of sql/release.sql.
    """

    rows: dict[str, int]
    parquet: dict[str, list[str]]
    releases: list[Row]


def _forms() -> dict[str, tuple[str, ...]]:
    """Return the forms of the data, and the paths of their files, seen from the site's folder.

    Where there are more, they are listed with each state or source.
    """
    in_codes = (f"extracts/{extract_paths.csv(each)}" for each in declarations.leaving("csv"))
    return {
        "beside": (
            "extracts/README.md", "extracts/CITATION.cff", "extracts/releases.csv",
            "extracts/catalog.ttl", "extracts/catalog.jsonld",
        ),
        "excel": (),
        "words": (),
        "codes": (*in_codes, "extracts/datapackage.json"),
        "json": (f"extracts/{extract_paths.json(AMERICAS)}",),
        "parquet": (),
        "sdmx": ("extracts/sdmx/structure.xml", "extracts/sdmx/sdg_16_2_2.csv.gz"),
        "open_sdg": ("extracts/open_sdg/16-2-2.zip",),
        "standard": (
            *(f"extracts/{path}" for path in extract_paths.STANDARD),
            f"extracts/{extract_paths.STANDARD_SDMX}",
        ),
        "duckdb": ("warehouse/tipstat.duckdb",),
        "revisions": ("{language}/revisions.html",),
    }  # fmt: skip


def _forms_of_source(site: context.Site, facts: DataFacts) -> dict[str, dict[str, list[str]]]:
    """Return, by source, the forms with files of its own, and their paths among the extracts."""
    of_figures = {
        "words": ["csv/{language}/{source}.csv.zip"],
        "sdmx": ["sdmx/observation/{source}.csv.gz"],
    }
    return {
        source: {"parquet": paths} | (of_figures if source in facts.rows else {})
        for source, paths in facts.parquet.items()
        if site.may_redistribute(source)
    }


def read(connection: duckdb.DuckDBPyConnection) -> DataFacts:
    """Return the numbers of figures, and the releases."""
    counted = "select source, count(*) from published.observation group by source"
    rows = dict(connection.execute(counted).fetchall())
    parquet: dict[str, list[str]] = {}
    for each in declarations.leaving("parquet"):
        named = f"select distinct source from published.{each.name} order by source"  # noqa: S608
        for (source,) in connection.execute(named).fetchall():
            parquet.setdefault(source, []).append(extract_paths.parquet(each, source))
    releases = context.query(connection, "release").to_dict("records")
    return DataFacts(rows, parquet, [without_bidi_controls(row) for row in releases])


def files(site: context.Site, facts: DataFacts, language: Language) -> Iterator[context.File]:
    """Yield the page."""
    sentence = language.say(
        "data_sentence",
        rows=language.number(sum(facts.rows.values())),
        sources=len(facts.rows),
    )
    yield rendering.page(
        site,
        "data",
        "data.html",
        language,
        sentence=sentence,
        dataset=dataset.described(
            f"{language.code}/data.html",
            language.say("menu_data"),
            f"{sentence} {language.say('data_lead')}",
            site.sources,
            site,
            language,
            files=dataset.WHOLE,
        ),
        citation=citation(site, language),
        forms=_forms(),
        forms_of_source=_forms_of_source(site, facts),
        states=site.states[language.code],
        json_of=extract_paths.json,
        catalogue=[
            (source["short_name"], source, release_text(source, [source["release"]], language))
            for source in (*site.sources.values(), *site.population.values())
        ],
        releases=_releases(facts.releases, language),
        provenance=provenance,
        cite=lambda source: citing.source(source, newest_read(source), "", language),
    )


def _releases(releases: list[Row], language: Language) -> Table:
    """Return every release in this database, by publisher as the reader knows it."""
    known = [foreign_text.named(row, language.code) for row in releases]
    known.sort(key=lambda row: (row["publisher"], row["title"], row["release"]))
    columns = ("title", "release", "provenance", "retrieved")
    return Table(
        caption=language.say("data_release_table"),
        row_heading=language.say("source_publisher"),
        columns=[*(language.say(f"source_{each}") for each in columns), language.say("data_read")],
        rows=[
            (
                row["publisher"],
                [
                    Cell(row["title"]),
                    # The day of release, as far as it is known.
                    Cell(
                        language.say("no_figure")
                        if row["release_day"] == "RETRIEVED"
                        else language.say("day_assigned", released=language.day(row["release"]))
                        if row["release_day"] == "ASSIGNED"
                        else language.day(row["release"])
                    ),
                    Cell(language.name("provenance", row["provenance"])),
                    Cell(language.day(row["retrieved"])),
                    Cell(language.number(row["rows"])),
                ],
            )
            for row in known
        ],
    )
