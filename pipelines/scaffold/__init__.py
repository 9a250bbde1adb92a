"""The first files of a new source, proposed from a sample of its publication.

`QUESTIONS` are asked in their order; `write` turns the answers and the sample into metadata, a
module that is discovered, and a fixture. They have `CONFIRM` at each proposal and `FILL IN`
where a person must write; the tests of all sources name each such place.
"""

import csv
import io
import json
import shlex
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from pipelines import sources
from pipelines.lib import templates
from pipelines.reader.known_labels import known_codes
from pipelines.scaffold import invented
from pipelines.scaffold.columns import Columns, read_columns
from pipelines.scaffold.questions import QUESTIONS, AnswerError, Answers, Question
from pipelines.scaffold.sample import Sample, read_sample
from schemas import codelists

__all__ = [
    "QUESTIONS",
    "AnswerError",
    "Answers",
    "Question",
    "begin",
    "next_steps",
    "read_sample",
    "refuse_elsewhere",
    "write",
]


_WHOLE: Final = ("nacional", "national", "todo el país")
"""Labels of a whole country among its subdivisions, beside its name and `Total ...`."""


class Begun(NamedTuple):
    """A new source before its files are written: the sample, what it shows, and the answers."""

    file: Path
    sample: Sample
    columns: Columns
    answers: Answers


def refuse_elsewhere(root: Path) -> None:
    """Refuse a folder that is not the project whose code is running."""
    if (root / "pipelines" / "sources").resolve() != Path(sources.__file__).resolve().parent:
        raise FileNotFoundError(
            f"{root}: not the project's folder; run in it, or set TIPSTAT_HOME to it"
        )


def begin(file: Path, answers: Answers) -> Begun:
    """Return what a sample shows of a source.

    Raises:
        FileRefusedError: not a file whose table can be read.
    """
    return Begun(
        file, read_sample(file), read_columns(file, answers.area, answers.indicator), answers
    )


def write(begun: Begun, root: Path) -> list[Path]:
    """Write the files of a new source; return their paths.

    Raises:
        FileExistsError: one of the files exists already.
    """
    module = root / "pipelines" / "sources" / f"{begun.answers.id}.py"
    metadata = module.with_suffix(".yml")
    folder = root / "tests" / "fixtures" / begun.answers.id
    folder.mkdir(parents=True, exist_ok=True)
    fixture = invented.write(folder, begun.sample, begun.columns, begun.file, _whole(begun))
    with metadata.open("x", encoding="utf-8") as file:
        file.write(_rendered("metadata.yml.j2", begun))
    with module.open("x", encoding="utf-8") as file:
        file.write(_rendered("module.py.j2", begun))
    sources.forget()
    return [module, metadata, fixture]


def next_steps(begun: Begun, written: list[Path]) -> str:
    """Return the list of what was written and of the next steps in docs/add-a-source.md."""
    return _rendered("next_steps.txt.j2", begun, written=written)


def _rendered(template: str, begun: Begun, **more: object) -> str:
    environment = templates.environment(Path(__file__).parent)
    environment.filters |= {"yaml": _yaml, "csv": _csv}
    return environment.get_template(template).render(
        answers=begun.answers,
        columns=begun.columns,
        layout=begun.sample.layout,
        sample=begun.sample,
        file=begun.file,
        whole=_whole(begun),
        places=_unknown_places(begun),
        path=shlex.quote(str(begun.file)),
        **more,
    )


def _unknown_places(begun: Begun) -> list[str]:
    """Return the labels of subdivisions that are not known yet, but that of the whole country."""
    name = begun.columns.columns.get("ref_area")
    if not begun.answers.area or not name:
        return []
    known = known_codes("ref_area", begun.answers.area)
    labels = map(str, begun.columns.raw[name].unique())
    whole = _whole(begun)
    return [label for label in labels if label not in ("", whole) and label.casefold() not in known]


def _whole(begun: Begun) -> str:
    """Return the label of the whole country among its subdivisions, "" if none looks like one."""
    name, area = begun.columns.columns.get("ref_area"), begun.answers.area
    if not name or not area:
        return ""
    names = {codelists.labels("area", language)[area] for language in codelists.LANGUAGES}
    words = {*_WHOLE, *map(str.casefold, names)}
    known = known_codes("ref_area", area)
    labels = {str(label): str(label).casefold() for label in begun.columns.raw[name].unique()}
    unknown = {label: folded for label, folded in labels.items() if folded not in known}
    looks_so = (each for each, text in unknown.items() if text in words or text.startswith("total"))
    return next(looks_so, "")


def _csv(text: str) -> str:
    """Return a text for a cell of a code list, in quotation marks where it needs them."""
    cell = io.StringIO()
    csv.writer(cell, lineterminator="").writerow([text])
    return cell.getvalue()


def _yaml(text: str) -> str:
    """Return a text for a YAML file, in quotation marks where YAML would read it otherwise."""
    try:
        is_plain = yaml.safe_load(f"[{text}]") == [text]
    except yaml.YAMLError:
        is_plain = False
    return text if is_plain else json.dumps(text, ensure_ascii=False)
