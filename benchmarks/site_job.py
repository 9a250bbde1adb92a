"""Pages of the warehouse in `TIPSTAT_HOME`, or its charts made by the peer's way.

    site_job.py pages [LANGUAGE ...]
    site_job.py states [LANGUAGE ...] [--states N]
    site_job.py dicts | peer

`pages` writes the site in those languages (all, if none is named), `states` only the pages of N
states; `dicts` and `peer` only make the charts of the country pages into text, as the pages do and
with `plotly.graph_objects.Figure(spec).to_html`. Prints how many files or charts it made.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import duckdb
import plotly.graph_objects as go

from pipelines.lib import paths
from pipelines.published.site import build
from pipelines.published.site.embed_charts import as_json
from pipelines.published.site.figures import context
from pipelines.published.site.pages import country


def main() -> None:
    """Does one of the four."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=("pages", "states", "dicts", "peer"))
    parser.add_argument("languages", nargs="*")
    parser.add_argument("--states", type=int, metavar="N")
    options = parser.parse_args()
    with duckdb.connect(str(paths.warehouse()), read_only=True) as connection:
        site = _site(connection, options.languages, options.states)
        if options.what in ("pages", "states"):
            kinds = build.KINDS if options.what == "pages" else (country,)
            made = len(build.write(build.of_kinds(kinds, site, connection), paths.site()))
        else:
            way = _alone if options.what == "dicts" else _stock
            made = sum(bool(way(figure)) for figure in _charts(connection, site))
    print(made)


def _site(
    connection: duckdb.DuckDBPyConnection, languages: list[str], states: int | None
) -> context.Site:
    site = context.read_site(connection)
    spoken = [each for each in site.languages if each.code in languages or not languages]
    chosen = {code: of_language[:states] for code, of_language in site.states.items()}
    return replace(site, languages=spoken, states=chosen)


def _charts(connection: duckdb.DuckDBPyConnection, site: context.Site) -> Iterator[dict[str, Any]]:
    facts, (language, *_) = country.read(connection), site.languages
    for area in site.states[language.code]:
        for section in country.sections(site, facts, area, language):
            yield from (shown.figure for shown in section.figures if shown.figure)


def _alone(figure: dict[str, Any]) -> str:
    return as_json({"": figure})


def _stock(figure: dict[str, Any]) -> str:
    return go.Figure(figure).to_html(full_html=False, include_plotlyjs=False)


if __name__ == "__main__":
    main()
