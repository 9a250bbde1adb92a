"""Arguments of the command line, before any verb reads them."""

import sys
from collections.abc import Sequence

from pipelines.lib.console import err, plain


def refuse_undecodable(arguments: Sequence[str]) -> None:
    """End the command if an argument is not UTF-8: no table could keep it."""
    for argument in arguments:
        if any("\ud800" <= sign <= "\udfff" for sign in argument):
            err.print(f"error: '{plain(argument)}' is not UTF-8; write it so, or rename the file")
            sys.exit(2)
