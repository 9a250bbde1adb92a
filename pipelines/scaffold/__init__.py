"""The first files of a new source, proposed from a sample of its publication.

The questions are asked in their order; `write` turns the answers and the sample into metadata and a
fixture. No release is taken in before each entry of `proposed` was confirmed and deleted, and each
`FILL IN` was filled in; the tests of all sources and `tipstat validate` name them.
"""

import re
import shlex
from pathlib import Path

import yaml

from pipelines import sources
from pipelines.raw import source_files
from pipelines.reader.known_labels import known_codes
from pipelines.reader.refusal import FileRefusedError
from pipelines.scaffold import invented
from pipelines.scaffold.columns import Columns, read_columns
from pipelines.scaffold.metadata import metadata
from pipelines.scaffold.questions import QUESTIONS, Answers, complete_answers, flag
from pipelines.scaffold.sample import read_sample
from pipelines.scaffold.units import unit_of
from schemas import codelists

__all__ = [
    "QUESTIONS",
    "Answers",
    "complete_answers",
    "flag",
    "next_steps",
    "unit_of",
    "write",
]


def write(file: Path, answers: Answers) -> list[Path]:
    """Write the files of a new source from a sample; return the paths of metadata and fixture.

    They are the project's own, or tipstat's where the project is its source tree.

    Raises:
        FileRefusedError: not a file whose table can be read, or it contradicts the answers.
        FileExistsError: one of the files exists already.
    """
    sample = read_sample(file)
    columns = read_columns(sample, file, answers.area)
    _refuse_foreign(file, columns, answers.area)
    found = metadata(file, sample, columns, answers)
    path = source_files.folder(answers.id) / f"{answers.id}.yml"
    folder = source_files.fixture(answers.id)
    folder.mkdir(parents=True, exist_ok=True)
    fixture = invented.write(folder, sample, columns, file)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as opened:
        for name, value in found.items():
            is_table = name in ("layouts", "tables", "open_sdg")  # with short lists on a line each
            yaml.safe_dump(
                {name: value},
                opened,
                default_flow_style=None if is_table else False,
                sort_keys=False,
                allow_unicode=True,
                width=100,
            )
    sources.forget()
    return [path, fixture]


def _refuse_foreign(file: Path, columns: Columns, area: str) -> None:
    """Refuse a file about none of the 35 states, or about another one than the id names."""
    wanted = {area} if area else {*codelists.oas_states()}
    stated = {name: [text] for name, text in columns.constant.items()}
    if not area and (name := columns.of_dimension.get("ref_area")):
        stated[name] = columns.texts(name)
    known = known_codes("citizenship", "")
    for name, texts in stated.items():
        found = [known.get(text.casefold(), "") for text in texts]
        if any(re.fullmatch("[A-Z]{3}", code) for code in found) and wanted.isdisjoint(found):
            raise FileRefusedError(
                f"{file}: column '{name}' has {', '.join(texts[:3])}, and not "
                f"{area or 'one of the 35 states of the Americas'}: no figure of another state is "
                "taken in"
            )


def next_steps(file: Path, source: str, written: list[Path]) -> str:
    """Return what was written, and the next steps of docs/add-a-source.md."""
    steps = Path(__file__).with_name("next_steps.txt").read_text(encoding="utf-8")
    lines = [f"written  {path}" for path in written]
    if not source_files.is_source_tree():
        steps = re.sub(r"^7\..*\n", "", steps, flags=re.MULTILINE)
    filled = steps.format(
        id=source,
        path=shlex.quote(str(file)),
        metadata=source_files.place(source),
        fixture=source_files.shown(source_files.fixture(source)),
    )
    return "\n".join([*lines, filled]).rstrip()
