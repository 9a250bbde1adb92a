"""The verb `tipstat init`."""

import shutil
from pathlib import Path
from typing import Annotated, Final

import typer

from pipelines.cli.arguments import folder_to_write
from pipelines.lib import paths, settings
from pipelines.lib.console import err, out
from pipelines.lib.lock import alone
from pipelines.raw import lay_beside, shipped

app = typer.Typer()

_FILES: Final = Path(__file__).with_name("project")


@app.command()
def init(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="New or empty folder, or a project.", parser=folder_to_write
        ),
    ],
    empty: Annotated[
        bool, typer.Option("--empty", help="Without the shipped figures, for sources of your own.")
    ] = False,
) -> None:
    """Make a project with the figures that come with tipstat.

    In a project that is there already, newer shipped figures are laid beside what was taken in, and
    the pages of docs/ are renewed.
    """
    folder = folder.absolute()
    _refuse_unfit(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with settings.elsewhere(folder):
        is_new = not paths.manifest().is_file()
        with alone(paths.lock(), err.print):
            releases = lay_beside.lay_empty() if empty else lay_beside.lay(shipped.origin())
            for name in ("README.md", ".gitignore"):
                if not (folder / name).exists():
                    shutil.copyfile(_FILES / name.removeprefix("."), folder / name)
            shipped.copy_pages(shipped.origin(), folder)
    laid = f"{releases} {'' if is_new else 'new '}shipped releases"
    out.print(f"{folder}: {laid}; go there, and give 'tipstat run', then 'tipstat serve'")


def _refuse_unfit(folder: Path) -> None:
    """Refuse a folder in which a project would lie among other things."""
    if (folder / "pipelines" / "sources").is_dir():
        raise FileExistsError(
            f"{folder}: is a source tree of tipstat, a project with its figures already"
        )
    if folder.is_dir() and not (folder / "data" / "raw" / "manifest.csv").is_file():
        names = sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))
        if others := [name for name in names if name not in ("data", "lost+found")]:
            raise FileExistsError(
                f"{folder}: has {', '.join(others[:3])} and is no tipstat project: name a new or "
                "empty folder"
            )
