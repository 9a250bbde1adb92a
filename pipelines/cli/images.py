"""`tipstat chart` and `tipstat report`: what may be asked, and what is answered."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from pipelines.lib import did_you_mean, paths
from schemas import codelists

_FORMS: Final = ("svg", "png", "pdf")


def _plain(text: str) -> str:
    """The text in lower case and without accents."""
    parts = unicodedata.normalize("NFKD", text.strip()).casefold()
    return "".join(each for each in parts if not unicodedata.combining(each))


def _state(word: str) -> str:
    """The alpha-3 code of a state: by its codes, or by its name in any language."""
    rows = codelists.load("area").query("is_oas == '1'").to_dict("records")
    names = ("code", "iso2", *(f"name_{code}" for code in codelists.LANGUAGES))
    known = {_plain(row[name]): row for row in rows for name in names}
    if found := known.get(_plain(word)):
        return str(found["code"])
    near = did_you_mean.match(_plain(word), known)
    likely = f"did you mean {known[near]['name_en']} ({known[near]['code']})?" if near else (
        "give its code (ARG, AR) or its name (Argentina)"
    )  # fmt: skip
    raise typer.BadParameter(f"no state '{word}'; {likely}")


def _code(codelist: str) -> Callable[[str], str]:
    """Reads a code of a list, in whichever case."""

    def read(word: str) -> str:
        codes = codelists.codes(codelist)
        if word.upper() not in codes:
            raise typer.BadParameter(f"no {codelist} '{word}'; {did_you_mean.hint(word, codes)}")
        return word.upper()

    return read


def _language(word: str) -> str:
    if word.lower() not in codelists.LANGUAGES:
        known = ", ".join(codelists.LANGUAGES)
        raise typer.BadParameter(f"no language '{word}'; there are {known}")
    return word.lower()


def _image(name: str) -> Path:
    place = Path(name)
    if place.suffix.lower().lstrip(".") not in _FORMS:
        raise typer.BadParameter(f"'{name}' must end in .{', .'.join(_FORMS)}")
    return place


StateArgument = Annotated[
    str,
    typer.Argument(metavar="COUNTRY", parser=_state, help="Its code or its name: ARG, AR, Brasil."),
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--lang", metavar="CODE", parser=_language, help=f"One of {', '.join(codelists.LANGUAGES)}."
    ),
]


def chart(
    state: StateArgument,
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", parser=_code("indicator"), help="Its code.")
    ],
    language: LanguageOption = "en",
    source: Annotated[str, typer.Option("--source", metavar="ID", help="Only its figures.")] = "",
    target: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", parser=_image, help="A .svg, .png or .pdf file."),
    ] = None,
) -> None:
    """Draw a state's figures over time.

    Title, source and date stand in the image. There is a file per source: with --out x.svg,
    x-SOURCE.svg where there are several.
    """
    from pipelines.published.images import country  # the libraries that draw

    form = target.suffix.lower().lstrip(".") if target else _FORMS[0]
    wanted = country.Wanted(state, indicator, source, language)
    for place in country.charts(paths.warehouse(), wanted, target, form):
        typer.echo(place)


def report(
    state: StateArgument,
    language: LanguageOption = "en",
    target: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Else COUNTRY-LANGUAGE.pdf.")
    ] = None,
) -> None:
    """Print the page of a state as PDF, with all its charts."""
    from pipelines.published.images import country  # the libraries that draw

    place = target or Path(f"{state.lower()}-{language}.pdf")
    country.report(paths.warehouse(), state, language, place)
    typer.echo(place)
