"""Arguments that several verbs have, and the refusal of words that mean nothing."""

import sys
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipelines.lib import did_you_mean, paths
from pipelines.lib.accents import without_accents
from pipelines.lib.console import err, plain
from pipelines.raw import manifest, record_csv
from schemas import codelists

if TYPE_CHECKING:
    from pipelines.sources import Publication

DAY: Final = "YYYY-MM-DD"
"""The form of a day, for help and messages."""


def out_option(text: str, *suffixes: str) -> object:
    """Return the option of a verb that writes to a file of certain suffixes, or of any."""

    def parser(name: str) -> Path:
        return file_to_write(name, *suffixes)

    return typer.Option("--out", metavar="FILE", help=text, parser=parser)


def out_folder_option(text: str) -> object:
    """Return the option of a verb that writes to a folder, with its help text."""
    return typer.Option("--out", metavar="FOLDER", help=text, parser=folder_to_write)


def file_to_write(name: str, *suffixes: str) -> Path:
    """Return the path of a file to which a verb will write.

    Raises:
        typer.BadParameter: it has another suffix, is a folder, or is in none.
        PermissionError: it is inside a published version, which is never written to.
    """
    path = folder_to_write(name, of_file=True)
    if path.is_dir():
        raise typer.BadParameter(f"'{name}' is a folder; name a file in it")
    if suffixes and path.suffix.lower() not in suffixes:
        raise typer.BadParameter(f"'{name}' must end in {' or '.join(suffixes)}")
    return path


def folder_to_write(name: str, *, of_file: bool = False) -> Path:
    """Return the path of a folder to which a verb will write; see `file_to_write`."""
    path = Path(name)
    paths.refuse_published(path)
    for part in (*([] if of_file else [path]), *path.parents):
        if part.is_file():
            raise typer.BadParameter(f"'{part}' is a file; name a folder in its place")
    return path


def day_option(text: str) -> object:
    """Return an option that takes a day, with its help text."""
    return typer.Option(metavar=DAY, parser=day, help=text)


def day(text: str) -> datetime:
    """Return the day in a text.

    Raises:
        typer.BadParameter: it has another form, or there is no such day.
    """
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as fault:
        raise typer.BadParameter(f"'{text}' is not a date; write it as {DAY}") from fault


def refuse_unknown(kind: str, word: str, known: Collection[str]) -> None:
    """Refuse a word that is not one of the known ones, and suggest one."""
    if word not in known:
        raise typer.BadParameter(f"no {kind} '{word}'; {did_you_mean.hint(word, known)}")


def publication(identity: str) -> "Publication":
    """Return the publication with an id.

    Raises:
        typer.BadParameter: there is no such source.
    """
    from pipelines.sources import discover  # it takes longer than a run without changes

    refuse_unknown("source", identity, known := discover())
    return known[identity]


def source_id(identity: str) -> str:
    """Return the id of a source that there is; `publication` refuses others."""
    return publication(identity).source.id


def source_argument(text: str) -> object:
    """Return an argument that takes the id of a source, with its help text."""
    return typer.Argument(metavar="SOURCE", parser=source_id, help=text, show_default=False)


def refuse_undecodable(arguments: Sequence[str]) -> None:
    """End the command if an argument is not UTF-8: no table could keep it."""
    for argument in arguments:
        if any("\ud800" <= sign <= "\udfff" for sign in argument):
            err.print(f"error: '{plain(argument)}' is not UTF-8; write it so, or rename the file")
            sys.exit(2)


def by_option(text: str, name: str = "--by") -> object:
    """Return the option that names who answers for figures, with its help text."""
    return typer.Option(name, metavar="NAME", parser=_person, help=text, show_default=False)


def _person(text: str) -> str:
    name = text.strip()
    if not name:
        raise typer.BadParameter("is empty; name the person or office that answers for it")
    nobody = record_csv.UNKNOWN, manifest.UNATTENDED
    if name.casefold() in nobody or not any(map(str.isalpha, name)):
        raise typer.BadParameter(f"'{name}' names nobody; name the person or office")
    return name


def _state(word: str) -> str:
    """Return the alpha-3 code of a state, given by a code or by its name in any language."""
    columns = ("code", "iso2", *(f"name_{code}" for code in codelists.LANGUAGES))
    known = {
        without_accents(codelists.column("area", name)[state]): state
        for state in codelists.oas_states()
        for name in columns
    }
    typed = without_accents(word.strip())
    if typed in known:
        return known[typed]
    likely = "give its code (ARG, AR) or its name (Argentina)"
    if near := did_you_mean.match(typed, known):
        code = known[near]
        likely = f"did you mean {codelists.labels('area', 'en')[code]} ({code})?"
    raise typer.BadParameter(f"no state '{word}'; {likely}")


def language_code(word: str) -> str:
    """Return the code of a language of the four; others are refused."""
    refuse_unknown("language", word.lower(), codelists.LANGUAGES)
    return word.lower()


StateArgument = Annotated[
    str,
    typer.Argument(
        metavar="COUNTRY", parser=_state, help="State, by code or name: ARG, AR, Brasil."
    ),
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="CODE",
        parser=language_code,
        help=f"Language: {', '.join(codelists.LANGUAGES)}.",
    ),
]
