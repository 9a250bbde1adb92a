"""The verbs `tipstat questionnaire`, `submit` and `submissions`: figures that a state reports."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from pipelines.cli.arguments import (
    LanguageOption,
    StateArgument,
    by_option,
    file_to_write,
    language_code,
    out_folder_option,
    out_option,
)
from pipelines.cli.tables import aligned
from pipelines.lib import paths
from pipelines.lib.atomic import replace_text, replacing
from pipelines.lib.console import err, out, plain
from pipelines.lib.lock import alone
from pipelines.questionnaire.texts import say
from pipelines.raw.questionnaires import YEARS, is_over

if TYPE_CHECKING:
    from pipelines.questionnaire.check import Checked

app = typer.Typer()

TellingOption = Annotated[
    str | None,
    typer.Option("--lang", metavar="CODE", parser=language_code,
                 help="Language of what is said; by default the form's."),
]  # fmt: skip
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
    from pipelines.questionnaire import (  # imports the spreadsheet writer
        delimited,
        published_figures,
        workbook,
    )
    from pipelines.questionnaire.form import Form

    found = layout or ("csv" if target and target.suffix.lower() == ".csv" else "excel")
    name = target or f"questionnaire_{state}_{year}_{language}{_SUFFIXES[found]}"
    target = file_to_write(str(name), _SUFFIXES[found])
    paths.refuse_existing(target)
    form = Form(state, year, language)
    last = published_figures.beside(form).last_texts
    if found == "excel":
        with replacing(target) as temporary:
            workbook.write(temporary, form, workbook.Content(last))
    else:
        text = delimited.sdmx(form) if found == "sdmx" else delimited.plain(form, last)
        replace_text(target, text)
    out.print(f"{target}")
    if not is_over(year):
        err.print(plain(say(language, "verb_early", year=year)))


@app.command(epilog="Exit code 1: the form is not accepted.")
def submit(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The form as it came back.")],
    folder: Annotated[
        Path | None, out_folder_option("For the answer; default beside the form.")
    ] = None,
    language: TellingOption = None,
    compared_by: Annotated[
        str | None,
        by_option(
            "Person who has opened the publication that the form names, and found each figure "
            "there that it marks as published elsewhere.",
            "--compared-by",
        ),
    ] = None,
    is_preview: Annotated[
        bool,
        typer.Option("--preview", help="Show what the state's page gains; enter nothing."),
    ] = False,
) -> None:
    """Check and answer a questionnaire; take in a sound one.

    The answer to the office is a marked copy of the form, and a summary as a page and as PDF. With
    --compared-by the marked figures are printed as the state published them, and the comparison is
    recorded in data/reviews.csv.
    """
    from pipelines.questionnaire import submission  # imports what checks and writes
    from pipelines.questionnaire.answers import FormRefusedError

    try:
        with alone(paths.lock(), err.print):
            if is_preview:
                _preview(file, language)
                return
            target = folder or file.parent
            made = submission.submit(file, target, compared_by=compared_by or "")
    except FormRefusedError as refusal:
        refusal.language = language or refusal.language
        raise
    told = language or made.checked.filled.form.language
    _name_problems(made.checked, told)
    out.print(plain(submission.message(made, told)))
    for place in made.answer:
        out.print(plain(say(told, "verb_private", file=place)))
    if made.entry or made.changed:
        out.print(say(told, "verb_publish"))
    if not made.checked.is_accepted:
        raise typer.Exit(1)


def _name_problems(checked: "Checked", language: str) -> None:
    """Print what is wrong, of a total and its parts on one line."""
    from pipelines.questionnaire import summary

    form = replace(checked.filled.form, language=language)
    for _, places, text in summary.grouped([x for x in checked.problems if not x.explained], form):
        err.print(plain(f"{places}: {text}"))


def _preview(file: Path, language: str | None) -> None:
    """Print what the page of the state gains by a form, by default in the form's language."""
    from pipelines.questionnaire import preview

    shown = preview.preview(file)
    checked = shown.made.checked
    form = replace(checked.filled.form, language=language or checked.filled.form.language)
    if not checked.is_accepted:
        _name_problems(checked, form.language)
        raise typer.Exit(1)
    gained = [*preview.lines(shown, form)]
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
    language: LanguageOption = "en",
) -> None:
    """List who was asked, who answered, and who is waited for."""
    from pipelines.questionnaire import submissions as sent

    if remind:
        out.print(sent.reminder(remind.upper(), language))
        return
    found = sent.submissions()
    header = tuple(say(language, "verb_columns").split(","))
    lines = [
        (each.asked.state, plain(each.asked.office), each.asked.year,
         each.asked.asked or say(language, "verb_not_asked"),
         each.answered or say(language, "verb_waiting"),
         f"{each.days_waiting}" if each.asked.asked else "")
        for each in found
    ]  # fmt: skip
    if lines:
        out.print("\n".join(aligned([header, *lines])) + "\n")
    asked = [each for each in found if each.asked.asked]
    waiting = sum(not line.answered for line in asked)
    counts = {"asked": len(asked), "answered": len(asked) - waiting, "waiting": waiting}
    out.print(say(language, "verb_counts", **counts))
    if not asked:
        out.print(say(language, "verb_table", file=paths.questionnaires()) + "\n")
        out.print("\n".join(sent.EXAMPLE))
