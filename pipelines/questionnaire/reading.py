"""Read a file that came in as a form, in a child process with limits of time and memory."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from pipelines.intake import sandbox
from pipelines.questionnaire import delimited, workbook_cells
from pipelines.questionnaire.answers import (
    Filled,
    FormAnswer,
    FormCell,
    FormRefusedError,
    NoFormError,
)
from pipelines.questionnaire.form import Form
from pipelines.reader.refusal import refuse_missing_file
from pipelines.sources import FileRefusedError


def read_form(path: Path) -> Filled:
    """Return the answers in a file.

    Raises:
        NoFormError: it is not one of our forms.
        FormRefusedError: it cannot be read in exactly one way, or is damaged.
    """
    try:
        refuse_missing_file(path)
        found = json.loads(sandbox.answer(__name__, path))
    except FileRefusedError as refusal:
        raise FormRefusedError(path, "unreadable", reason=refusal) from refusal
    if "refusal" in found:
        kind = NoFormError if found["is_none"] else FormRefusedError
        raise kind(path, found["refusal"], found["language"], **found["parts"])
    answers = {
        name: FormAnswer(**{column: FormCell(**cell) for column, cell in answer.items()})
        for name, answer in found["answers"].items()
    }
    return Filled(Form(**found["form"]), answers, tuple(found["added"]), tuple(found["left"]))


def read_here(path: Path) -> Filled:
    """Return the answers in a file, without limits; raises as `read_form`."""
    try:
        if path.suffix.lower() == ".csv":
            return delimited.read_delimited(path)
        return workbook_cells.read_workbook(path)
    except FileRefusedError as refusal:
        raise FormRefusedError(path, "unreadable", reason=refusal) from refusal


def printed(path: Path) -> str:
    """Return what the child process prints: the answers, or why there are none, as JSON."""
    try:
        return json.dumps(asdict(read_here(path)))
    except FormRefusedError as refusal:
        parts = {
            name: part if isinstance(part, int) else f"{part}"
            for name, part in refusal.parts.items()
        }
        is_none = isinstance(refusal, NoFormError)
        about = {"refusal": refusal.code, "language": refusal.language, "parts": parts}
        return json.dumps(about | {"is_none": is_none})


if __name__ == "__main__":
    sandbox.limit()
    sys.stdout.write(printed(Path(sys.argv[1])))
