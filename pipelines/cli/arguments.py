"""Arguments of the command line: what no verb reads, and days."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import typer

from pipelines.lib.console import err, plain

DAY: Final = "YYYY-MM-DD"
"""The form of a day, for help and messages."""


def day(text: str) -> datetime:
    """Return the day in a text.

    Raises:
        typer.BadParameter: it has another form, or there is no such day.
    """
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as fault:
        raise typer.BadParameter(f"'{text}' is not a date; write it as {DAY}") from fault


def refuse_undecodable(arguments: Sequence[str]) -> None:
    """End the command if an argument is not UTF-8: no table could keep it."""
    for argument in arguments:
        if any("\ud800" <= sign <= "\udfff" for sign in argument):
            err.print(f"error: '{plain(argument)}' is not UTF-8; write it so, or rename the file")
            sys.exit(2)
