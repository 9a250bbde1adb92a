"""The command line: `tipstat VERB`.

Exit codes: 0 success; 1 something is wrong with the data, each fault reported in a line (what,
where, what to do); 2 the command was used wrongly.
"""

import csv
import errno
import io
import sys
from importlib.metadata import version
from typing import Annotated, Final

import duckdb
import typer

from pipelines.cli import arguments
from pipelines.cli.verbs import VerbGroup
from pipelines.lib import paths
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


def main() -> None:
    """Run the command; report a refusal in one line with exit code 1, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without our letters
    arguments.refuse_undecodable(sys.argv[1:])
    try:
        app()
    except TipstatError as error:
        err.print(f"error: {plain(str(error))}")
        sys.exit(1)
    except OSError as error:
        err.print(f"error: {plain(_in_words(error))}")
        sys.exit(1)
    except duckdb.Error as error:
        reason = " ".join(str(error).split())
        err.print(
            f"error: {paths.warehouse()}: cannot be read ({plain(reason)}); 'tipstat verify' "
            "names the damaged files, 'tipstat run' builds them again"
        )
        sys.exit(1)
    except (UnicodeError, csv.Error, RecursionError) as error:
        err.print(
            f"error: a file in {paths.home()} cannot be read ({plain(str(error))}); "
            "'tipstat verify' names what is damaged"
        )
        sys.exit(1)


def _in_words(error: OSError) -> str:
    """Return the file that the system refuses, its reason, and what to do."""
    if error.filename is None:
        return str(error)
    advice = _ADVICE.get(error.errno or 0, "look at it with the system's own tools")
    return f"{error.filename}: {error.strerror}; {advice}"


if __name__ == "__main__":
    main()
