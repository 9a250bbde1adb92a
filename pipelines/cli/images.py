"""The verbs `tipstat chart` and `tipstat report`: figures as images and PDF."""

from pathlib import Path
from typing import Annotated, Final

import typer

from pipelines.cli.arguments import (
    LanguageOption,
    StateArgument,
    file_to_write,
    out_option,
    refuse_unknown,
)
from pipelines.lib import paths
from pipelines.lib.atomic import replace_bytes
from schemas import codelists

app = typer.Typer()

_SUFFIXES: Final = (".svg", ".png")


def _indicator(word: str) -> str:
    """Return the code of an indicator, given in upper or lower case."""
    refuse_unknown("indicator", word.upper(), codelists.codes("indicator"))
    return word.upper()


@app.command()
def chart(
    state: StateArgument,
    indicator: Annotated[
        str,
        typer.Argument(
            metavar="INDICATOR", parser=_indicator, help="Indicator, by code: VIC_DETECT."
        ),
    ],
    language: LanguageOption = "en",
    source: Annotated[
        str,
        typer.Option("--source", metavar="ID", help="Source; default the one to cite."),
    ] = "",
    target: Annotated[
        Path | None,
        out_option("SVG or PNG file; default tipstat_COUNTRY_INDICATOR_LANGUAGE.svg.", *_SUFFIXES),
    ] = None,
) -> None:
    """Draw a chart of a state's figures over time.

    The image is the one that the site offers: with title, source, licence, date and caveat. A PNG
    has 2400 by 1350 pixels.
    """
    from pipelines.published.images import country  # imports the drawing libraries

    place = target or file_to_write(f"tipstat_{state}_{indicator}_{language}.svg")
    form = place.suffix.lower().lstrip(".")
    wanted = country.Wanted(state, indicator, source, language)
    replace_bytes(place, country.chart(paths.warehouse(), wanted, form))
    typer.echo(place)


@app.command()
def report(
    state: StateArgument,
    language: LanguageOption = "en",
    target: Annotated[
        Path | None, out_option("PDF file; default tipstat_COUNTRY_LANGUAGE.pdf.", ".pdf")
    ] = None,
) -> None:
    """Write a brief on a state as PDF: two pages.

    It has the key facts, a chart, what is missing, treaties and how to cite.
    """
    from pipelines.published.images import country  # imports the drawing libraries

    place = target or file_to_write(f"tipstat_{state}_{language}.pdf")
    replace_bytes(place, country.report(paths.warehouse(), state, language))
    typer.echo(place)
