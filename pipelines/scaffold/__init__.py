"""First files of a new source: what can be found out is filled in, the rest is marked.

`QUESTIONS` are asked in their order; `write` turns the answers into metadata, a module that is
discovered, and a fixture. They hold `FILL IN: ...` where only a person knows the words, and the
tests of all sources name each such place until it is filled.
"""

import csv
import io
import json
from pathlib import Path

import yaml

from pipelines import docs, sources
from pipelines.lib import templates
from pipelines.scaffold.questions import QUESTIONS, AnswerError, Answers, Question
from schemas.source import Layout

__all__ = [
    "QUESTIONS",
    "AnswerError",
    "Answers",
    "Question",
    "next_steps",
    "refuse_elsewhere",
    "write",
]


def refuse_elsewhere(root: Path) -> None:
    """Refuse a folder that is not the project whose code is running.

    Raises:
        FileNotFoundError: a source written there would not be discovered.
    """
    if (root / "pipelines" / "sources").resolve() != Path(sources.__file__).resolve().parent:
        raise FileNotFoundError(
            f"{root}: not the project's folder; run in it, or set TIPSTAT_HOME to it"
        )


def write(answers: Answers, root: Path) -> list[Path]:
    """Write the files of a new source and the generated pages of docs/; return their paths.

    Raises:
        FileExistsError: one of the files exists already.
    """
    layout = answers.layout()
    module = root / "pipelines" / "sources" / f"{answers.id}.py"
    metadata = module.with_suffix(".yml")
    fixture = root / "tests" / "fixtures" / answers.id / f"input{_suffix(layout)}"
    fixture.parent.mkdir(parents=True, exist_ok=True)
    with fixture.open("xb") as file:
        file.write(_fixture(answers, layout))
    with metadata.open("x", encoding="utf-8") as file:
        file.write(_rendered("metadata.yml.j2", answers))
    with module.open("x", encoding="utf-8") as file:
        file.write(_rendered("module.py.j2", answers, unread=_unread(answers)))
    sources.forget()
    pages = docs.write(root / "docs")
    return [module, metadata, fixture, *(root / "docs" / page for page in pages)]


def next_steps(answers: Answers, written: list[Path]) -> str:
    """Return the list of what was written and of the next steps in docs/add-a-source.md."""
    return _rendered("next_steps.txt.j2", answers, written=written)


def _rendered(template: str, answers: Answers, **more: object) -> str:
    environment = templates.environment(Path(__file__).parent)
    environment.filters |= {"python": _quoted, "yaml": _yaml}
    return environment.get_template(template).render(
        answers=answers, layout=answers.layout(), **more
    )


def _unread(answers: Answers) -> list[str]:
    """Return the columns that the module does not read yet."""
    read = {answers.year_column, answers.figure_column}
    return [name for name in answers.layout().header if name not in read]


def _quoted(text: str) -> str:
    """Return a text in quotation marks, as Python and YAML read it."""
    return json.dumps(text, ensure_ascii=False)


def _yaml(text: str) -> str:
    """Return a text for a YAML file, in quotation marks where YAML would read it otherwise."""
    try:
        is_plain = yaml.safe_load(f"[{text}]") == [text]
    except yaml.YAMLError:
        is_plain = False
    return text if is_plain else _quoted(text)


def _suffix(layout: Layout) -> str:
    """Return the ending of the fixture's name; the fixture of a workbook is a text table."""
    return ".csv" if layout.sheet else Path(layout.file).suffix


def _fixture(answers: Answers, layout: Layout) -> bytes:
    """Return the header as the publisher writes it, and a row that is still to be invented."""
    invented = {name: f"FILL IN: a label of {name}" for name in layout.header}
    invented[answers.year_column] = "2020"
    invented[answers.figure_column] = "FILL IN: invented figures, a row for each quirk"
    text = io.StringIO()
    table = csv.writer(text, delimiter=layout.delimiter, lineterminator="\n")
    table.writerows([layout.header, invented.values()])
    return text.getvalue().encode(layout.encoding.removesuffix("-sig"))
