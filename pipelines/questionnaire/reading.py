"""Read a file that came in as a form, in a child process with limits of time and memory."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from pipelines.intake import sandbox
from pipelines.questionnaire import delimited, workbook_cells
from pipelines.questionnaire.answers import Answer, Cell, Filled, FormRefusedError, NoFormError
from pipelines.questionnaire.form import Form
from pipelines.reader.refusal import refuse_missing_file
from pipelines.sources import FileRefusedError


def read(path: Path) -> Filled:
    """Return the answers in a file.

    Raises:
        NoFormError: it is not one of our forms.
        FormRefusedError: it cannot be read in exactly one way, or is damaged.
    """
    try:
        refuse_missing_file(path)
        found = json.loads(sandbox.answer(__name__, path))
    except FileRefusedError as refusal:
        raise FormRefusedError(str(refusal)) from refusal
    if "refusal" in found:
        raise (NoFormError if found["is_none"] else FormRefusedError)(found["refusal"])
    answers = {
        name: Answer(Cell(**answer["figure"]), Cell(**answer["note"]))
        for name, answer in found["answers"].items()
    }
    return Filled(Form(**found["form"]), answers)


def read_here(path: Path) -> Filled:
    """Return the answers in a file, without limits; raises as `read`, and FileRefusedError."""
    return (delimited if path.suffix.lower() == ".csv" else workbook_cells).read(path)


def printed(path: Path) -> str:
    """Return what the child process prints: the answers, or why there are none, as JSON."""
    return json.dumps(_found(path))


def _found(path: Path) -> dict[str, object]:
    try:
        read_ = read_here(path)
    except (FormRefusedError, FileRefusedError) as refusal:
        return {"refusal": str(refusal), "is_none": isinstance(refusal, NoFormError)}
    answers = {name: asdict(answer) for name, answer in read_.answers.items()}
    return {"form": asdict(read_.form), "answers": answers}


if __name__ == "__main__":
    sandbox.limit()
    sys.stdout.write(printed(Path(sys.argv[1])))
