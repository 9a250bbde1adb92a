"""The verbs `tipstat questionnaire`, `submit` and `submissions`: figures that a state reports."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from pipelines.cli.arguments import (
    LanguageOption,
    StateArgument,
    file_to_write,
    out_folder_option,
    out_option,
)
from pipelines.cli.tables import aligned
from pipelines.lib import paths
from pipelines.lib.atomic import replace_text, replacing
from pipelines.lib.console import err, out, plain
from pipelines.lib.lock import alone
from pipelines.raw.questionnaires import YEARS, is_over

if TYPE_CHECKING:
    from pipelines.questionnaire.check import Checked

app = typer.Typer()

_SUFFIXES: Final = {"excel": ".xlsx", "csv": ".csv", "sdmx": ".csv"}


@app.command()
def questionnaire(
    state: StateArgument,
    year: Annotated[
        int, typer.Option(min=YEARS[0], max=YEARS[-1], help="Year that the form is about.")
    ],
    target: Annotated[
        Path | None,
        out_option(
            "New .xlsx or .csv file; default questionnaire_STATE_YEAR_LANG.xlsx here.",
            ".xlsx",
            ".csv",
        ),
    ] = None,
    language: LanguageOption = "en",
    layout: Annotated[
        Literal["excel", "csv", "sdmx"] | None,
        typer.Option("--format", help="Layout; default by the suffix of the file."),
    ] = None,
) -> None:
    """Write the questionnaire of a state for a year.

    The published figures of the year before are shown beside the cells.
    """
    found = layout or ("csv" if target and target.suffix.lower() == ".csv" else "excel")
    name = target or f"questionnaire_{state}_{year}_{language}{_SUFFIXES[found]}"
    target = file_to_write(str(name), _SUFFIXES[found])
    paths.refuse_existing(target)
    _write(target, found, state, year, language)
    out.print(f"{target}")
    if not is_over(year):
        err.print(f"warning: {year} is not over yet; 'tipstat submit' takes the form in once it is")


def _write(target: Path, layout: str, state: str, year: int, language: str) -> None:
    """Write the form with the figures of the year before, in one of its layouts."""
    from pipelines.questionnaire import (  # imports the spreadsheet writer
        delimited,
        published_figures,
        workbook,
    )
    from pipelines.questionnaire.form import Form

    form = Form(state, year, language)
    last = published_figures.read(form).last_texts
    if layout == "excel":
        with replacing(target) as temporary:
            workbook.write(temporary, form, workbook.Content(last))
    else:
        text = delimited.sdmx(form) if layout == "sdmx" else delimited.plain(form, last)
        replace_text(target, text)


@app.command(epilog="Exit code 1: the form is not accepted.")
def submit(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The form as it came back.")],
    folder: Annotated[
        Path | None, out_folder_option("For the answer; default beside the form.")
    ] = None,
    is_preview: Annotated[
        bool,
        typer.Option("--preview", help="Show what the state's page gains; enter nothing."),
    ] = False,
) -> None:
    """Check and answer a questionnaire; take in a sound one.

    The answer to the office is a marked copy of the form, and a summary as a page and as PDF.
    """
    from pipelines.questionnaire import submission  # imports what checks and writes

    if is_preview:
        _preview(file)
        return
    with alone(paths.lock(), err.print):
        made = submission.submit(file, folder or file.parent)
    _name_problems(made.checked)
    out.print(plain(submission.message(made)))
    for place in made.answer:
        out.print(f"{place}: for the office alone")
    if made.entry or made.changed:
        out.print("Publish with 'tipstat run'.")
    if not made.checked.is_accepted:
        raise typer.Exit(1)


def _name_problems(checked: "Checked") -> None:
    for problem in checked.problems:
        if not problem.explained:
            err.print(plain(f"{problem.place}: {problem.text}"))


def _preview(file: Path) -> None:
    """Print what the page of the state gains by a form, in the form's language."""
    from pipelines.questionnaire import preview

    with alone(paths.lock(), err.print):
        shown = preview.preview(file)
    checked = shown.made.checked
    form = checked.filled.form
    if not checked.is_accepted:
        _name_problems(checked)
        raise typer.Exit(1)
    gained = [*preview.lines(shown)]
    out.print(plain(form.say("preview_title" if gained else "preview_nothing", area=form.area)))
    if gained:
        header = tuple(form.say(f"preview_{column}") for column in ("figure", "before", "after"))
        out.print("\n".join(aligned([header, *gained])))
    lost = shown.compared.lost
    kept = len(shown.before) - len(lost)
    out.print(plain(form.say("preview_lost" if lost else "preview_kept", count=kept)))
    for fact in lost:
        out.print(plain(f"{preview.name(fact, form)}: {preview.text(fact, form)}"))


@app.command()
def submissions(
    remind: Annotated[
        str, typer.Option(metavar="CODE", help="State to remind: prints a mail in its language.")
    ] = "",
) -> None:
    """List who was asked, who answered, and who is waited for."""
    from pipelines.questionnaire import submissions as sent

    if remind:
        out.print(sent.reminder(remind.upper()))
        return
    found = sent.submissions()
    header = ("state", "office", "year", "asked", "answered", "days")
    lines = [
        (each.asked.state, plain(each.asked.office), each.asked.year,
         each.asked.asked or "not asked", each.answered or "waiting",
         f"{each.days_waiting}" if each.asked.asked else "")
        for each in found
    ]  # fmt: skip
    if lines:
        out.print("\n".join(aligned([header, *lines])) + "\n")
    asked = [each for each in found if each.asked.asked]
    waiting = sum(not line.answered for line in asked)
    out.print(f"{len(asked)} asked, {len(asked) - waiting} answered, {waiting} waited for")
    if not asked:
        out.print(f"Write a line into {paths.questionnaires()} for each form that you send:\n")
        out.print("\n".join(sent.EXAMPLE))
