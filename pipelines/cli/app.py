"""The command line: `tipstat VERB`.

Exit codes: 0 success; 1 something is wrong with the data, each fault reported on one line (what,
where, what to do); 2 the command was used wrongly; 130 it was interrupted (Ctrl-C).
"""

import csv
import errno
import io
import sys
from importlib.metadata import version
from multiprocessing import current_process
from typing import Annotated, Final

import duckdb
import typer

from pipelines.cli import arguments
from pipelines.cli.verbs import VerbGroup
from pipelines.lib import paths, settings
from pipelines.lib.console import err, out, plain
from pipelines.lib.errors import TipstatError

app = typer.Typer(
    cls=VerbGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

_ELSEWHERE: Final = "change that, or work elsewhere (--out, or TIPSTAT_HOME for the whole project)"
_ADVICE: Final = {
    errno.EACCES: _ELSEWHERE,
    errno.EPERM: _ELSEWHERE,
    errno.EROFS: _ELSEWHERE,
    errno.ENOENT: "check the name",
    errno.EISDIR: "name a file, not a folder",
    errno.ENOTDIR: "name a folder, not a file",
    errno.ENOSPC: "free some space, and give the command again",
}
"""What to do about a refusal of the operating system."""

_INTERRUPTED: Final = 130
"""Typer's exit code after Ctrl-C, as a shell has it."""


def _version(asked: bool) -> None:
    if asked:
        out.print(f"tipstat {version('tipstat')}")
        raise typer.Exit


@app.callback()
def tipstat(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Trafficking-in-persons statistics of the Americas as common, comparable indicators."""
    settings.refuse_missing_temporary_folder()


def main() -> None:
    """Run the command; report a refusal in one line with exit code 1, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal may have an encoding that lacks our letters.
            stream.reconfigure(errors="backslashreplace")
    if current_process().name != "MainProcess":
        # A script calls this again as a process of its run imports it: the process would wait for
        # the run's lock, and the run for it.
        err.print(
            f"error: {sys.argv[0]}: calls main() whenever it is imported; write it under "
            "if __name__ == '__main__':"
        )
        sys.exit(2)
    arguments.refuse_undecodable(sys.argv[1:])
    try:
        app()
    except SystemExit as ended:
        if ended.code == _INTERRUPTED:
            err.print("interrupted: nothing is half-written; give the command again")
        raise
    except (TipstatError, OSError, duckdb.Error, UnicodeError, csv.Error, RecursionError) as error:
        err.print(f"error: {plain(_in_words(error))}")
        sys.exit(1)


def _in_words(error: Exception) -> str:
    """Return what is wrong, where, and what to do."""
    if isinstance(error, TipstatError):
        return str(error)
    if isinstance(error, OSError):
        if error.filename is None:
            return str(error)
        advice = _ADVICE.get(error.errno or 0, "look at it with the system's own tools")
        return f"{error.filename}: {error.strerror}; {advice}"
    reason = " ".join(str(error).split())
    if isinstance(error, duckdb.Error):
        return (
            f"{paths.warehouse()}: cannot be read ({reason}); 'tipstat verify' names the damaged "
            "files, 'tipstat run' builds them again"
        )
    return (
        f"a file in {paths.home()} cannot be read ({reason}); 'tipstat verify' names what is "
        "damaged"
    )


if __name__ == "__main__":
    main()
