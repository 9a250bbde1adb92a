"""Make the pages of `TIPSTAT_HOME`'s warehouse, or only the charts of its country pages.

    site_job.py pages | dictionaries | to_html

`pages` writes the site. The others make the charts of the English country pages into text: as the
pages do, and with the peer, `plotly.graph_objects.Figure(spec).to_html`. Prints how many files or
charts were made.
"""

import argparse
from collections.abc import Iterator
from typing import Any

import duckdb
import plotly.graph_objects as go

from pipelines.lib import paths
from pipelines.published.site.build import build_site
from pipelines.published.site.embed_charts import as_json
from pipelines.published.site import context
from pipelines.published.site.pages import country


def main() -> None:
    """Do one of the three."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=("pages", "dictionaries", "to_html"))
    what = parser.parse_args().what
    if what == "pages":
        build_site(paths.warehouse(), paths.site())
        print(len([file for file in paths.site().rglob("*") if file.is_file()]))
    else:
        to_text = _as_json if what == "dictionaries" else _to_html
        print(sum(bool(to_text(figure)) for figure in _charts()))


def _charts() -> Iterator[dict[str, Any]]:
    with duckdb.connect(str(paths.warehouse()), read_only=True) as connection:
        site, facts = context.read_site(connection), country.read(connection)
        language = site.languages[0]
        for area in site.states[language.code]:
            for section in country.sections(site, facts, area, language):
                yield from (view.figure for view in section.figures if view.figure)


def _as_json(figure: dict[str, Any]) -> str:
    return as_json({"": figure})


def _to_html(figure: dict[str, Any]) -> str:
    return go.Figure(figure).to_html(full_html=False, include_plotlyjs=False)


if __name__ == "__main__":
    main()
