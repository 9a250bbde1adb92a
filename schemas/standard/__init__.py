"""The common standard: common indicators and variables on trafficking in persons (CIV-TIP).

A folder of sheets, one for each indicator and variable, in four languages; `standard.yml` says what
holds for all: version, status, citation, how the standard is changed. The form, the mapping of case
records, the pages and the extracts are made of it. A `meaning` number counts up only when a figure
of before would be another: a better wording changes no form. The sheets of an earlier version stay
as they were last published, in `earlier/<major>.<minor>`: cited addresses keep their pages.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from schemas import strict_yaml
from schemas.standard.sheet import UNSOURCED, Framework, Indicator, Standard, Variable

FOLDER: Final = Path(__file__).parent
CHECKSUM: Final = "SHA256"
"""File with the checksum of the sheets in the folder of an earlier version."""
_EDITION: Final = ContextVar("edition", default=FOLDER)
_Read = TypeVar("_Read", Indicator, Variable, Standard)


class StandardError(ValueError):
    """A file of the standard that cannot be used: the file, the field and what is wrong with it."""


@contextmanager
def edition(folder: Path) -> Iterator[None]:
    """Let the standard be that in a folder, such as one of `earlier`, until the block ends."""
    before = _EDITION.set(folder)
    try:
        yield
    finally:
        _EDITION.reset(before)


def standard() -> Standard:
    """Return what holds for all sheets."""
    return _standard(_EDITION.get())


@cache
def _standard(folder: Path) -> Standard:
    return read_sheet(folder / "standard.yml", Standard)


def indicators() -> Mapping[str, Indicator]:
    """Return the sheets of the indicators by id, in the order of `standard.yml`.

    Raises:
        StandardError: a sheet does not fit its fields, or names what the standard does not have.
    """
    return _indicators(_EDITION.get())


@cache
def _indicators(folder: Path) -> Mapping[str, Indicator]:
    return _sheets(folder / "indicators", Indicator, _standard(folder).indicators)


def variables() -> Mapping[str, Variable]:
    """Return the sheets of the variables by id, in the order of `standard.yml`.

    Raises:
        StandardError: a sheet does not fit its fields, or names what the standard does not have.
    """
    return _variables(_EDITION.get())


@cache
def _variables(folder: Path) -> Mapping[str, Variable]:
    return _sheets(folder / "variables", Variable, _standard(folder).variables)


def earlier() -> list[Path]:
    """Return the folders of the versions before, the newest first."""
    folders = [each for each in (_EDITION.get() / "earlier").glob("*") if each.is_dir()]
    return sorted(folders, key=lambda each: [*map(int, each.name.split("."))], reverse=True)


def unkept() -> list[str]:
    """Return the versions that the sheets' history names, and whose sheets are not kept."""
    sheets: list[Indicator | Variable] = [*indicators().values(), *variables().values()]
    named = {_short(change.version) for sheet in sheets for change in sheet.history}
    return sorted(named - {_short(standard().version)} - {folder.name for folder in earlier()})


def changed(folder: Path) -> bool:
    """Return whether the sheets of an earlier version are others than were kept."""
    return (folder / CHECKSUM).read_text(encoding="utf-8").strip() != _checksum(folder)


def keep() -> Path:
    """Copy the sheets as they are into the folder of their version, and return it.

    To be called before a sheet is changed for a version with another first or second number.
    """
    whole = _EDITION.get()
    folder = whole / "earlier" / _short(standard().version)
    shutil.copytree(whole, folder, ignore=shutil.ignore_patterns("earlier", "*.py", "*.json", "_*"))
    (folder / CHECKSUM).write_text(_checksum(folder) + "\n", encoding="utf-8")
    return folder


def _checksum(folder: Path) -> str:
    files = sorted(folder.rglob("*.yml"), key=lambda file: file.relative_to(folder).as_posix())
    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _short(version: str) -> str:
    """Return a version without its last number, which rises with wording alone."""
    return ".".join(version.split(".")[:2])


def meanings(ids: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return what figures of the standard depend on: for each sheet its id, meaning and codes.

    A rewording or a translation leaves it as it is.

    Args:
        ids: the sheets that matter; all if not given.
    """
    found: dict[str, Indicator | Variable] = {**indicators(), **variables()}
    return tuple(meaning(found[each]) for each in sorted(found if ids is None else ids))


def meaning(sheet: Indicator | Variable) -> str:
    """Return the id of a sheet, its meaning number and, of a variable, its codes."""
    codes = sheet.codes if isinstance(sheet, Variable) else ()
    return " ".join((sheet.id, str(sheet.meaning), *codes))


def may_share_persons(one: str, other: str) -> bool:
    """Return whether two indicators may count some of the same persons in the same year."""
    found = indicators()
    return any(
        which in found and each in found[which].same_persons
        for which, each in ((one, other), (other, one))
    )


def is_part_of(one: str, other: str) -> bool:
    """Return whether an indicator counts none but persons whom another one counts too."""
    found = indicators()
    return one in found and other in found[one].part_of


def labels(variable: str, framework: Framework) -> dict[str, str]:
    """Return the codes of a variable by the labels that another standard or publication has."""
    return {
        label: code
        for code, each in variables()[variable].codes.items()
        for label in each.map.get(framework, UNSOURCED[0]).split(", ")
        if label not in UNSOURCED
    }


def address(sheet: str, language: str) -> str:
    """Return where the page of a sheet is, below the address of the site."""
    version = _short(standard().version)
    return standard().address.format(version=version, language=language, id=sheet)


def citation(sheet: str, language: str, site: str = "") -> str:
    """Return how a sheet is cited: title, version, status, sheet and versioned address.

    Args:
        sheet: id of the sheet.
        language: language of the citation: `en`, `es`, `pt` or `fr`.
        site: address of the site, with a slash at its end.
    """
    whole = standard()
    return whole.cite[language].format(
        title=whole.title[language],
        version=whole.version,
        status=whole.statuses[whole.status][language],
        sheet=sheet,
        address=site + address(sheet, language),
    )


def json_schema() -> str:
    """Return the JSON Schema of the files, which `standard.schema.json` holds."""
    found = TypeAdapter(Indicator | Variable | Standard).json_schema()
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of the common standard: an indicator, a variable or the standard",
    }
    return json.dumps(head | found, indent=1, ensure_ascii=False) + "\n"


def read_sheet(path: Path, kind: type[_Read]) -> _Read:
    """Return the file of a sheet, or of the standard.

    Raises:
        StandardError: the file is missing or no YAML, or a field is unknown, missing, given twice
            or of another form, or names what the standard does not have.
    """
    try:
        content = strict_yaml.load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise StandardError(f"{_named(path)}: {' '.join(str(error).split())}") from None
    try:
        found = _adapter(kind.__name__).validate_json(json.dumps(content, default=str))
    except ValidationError as error:
        faults = "; ".join(_fault(each["loc"], each["msg"]) for each in error.errors())
        raise StandardError(f"{_named(path)}: {faults}") from None
    for field, given, known in _names(path.stem, found):
        if unknown := sorted(set(given) - set(known)):
            known_are = ", ".join(known)
            raise StandardError(
                f"{_named(path)}: field '{field}' names {', '.join(unknown)}: write {known_are}"
            )
    return found


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    """Return what checks files of a kind, by its name; making it takes longer than a check."""
    return TypeAdapter({each.__name__: each for each in (Indicator, Variable, Standard)}[name])


def _sheets(folder: Path, kind: type[_Read], ids: tuple[str, ...]) -> dict[str, _Read]:
    """Return the sheets of a folder, in the order of the ids."""
    files: dict[str, Path] = {file.stem: file for file in folder.glob("*.yml")}
    order = [*ids, *files]
    return {name: read_sheet(files[name], kind) for name in sorted(files, key=order.index)}


_Names = list[tuple[str, Iterable[str], Iterable[str]]]


def _names(file: str, sheet: Indicator | Variable | Standard) -> _Names:
    """Return fields that name something, the names in them, and those that there are."""
    if isinstance(sheet, Standard):
        return []
    whole = standard()
    found = [
        (f"comparability.{framework}.source", [relation.source], ["", *whole.documents])
        for framework, relation in sheet.comparability
    ]
    if isinstance(sheet, Variable):
        grain = sheet.grain
        parents = [code.parent for code in sheet.codes.values() if code.parent]
        return [
            ("id", [sheet.id], {file} & set(whole.variables)),
            ("grain", (*grain.required, *grain.asked, *grain.optional), sheet.codes),
            ("codes", parents, sheet.codes),
            *found,
        ]
    parts = sheet.breakdowns
    crossed = (one for each in parts.crossed for one in each)
    return [
        ("id", [sheet.id], {file} & set(whole.indicators)),
        ("breakdowns", (*parts.required, *crossed, *parts.optional), whole.variables),
        ("computed_from", sheet.computed_from, whole.indicators),
        ("same_persons", sheet.same_persons, whole.indicators),
        ("part_of", sheet.part_of, whole.indicators),
        *found,
    ]


def _fault(location: tuple[int | str, ...], message: str) -> str:
    place = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in location)
    return f"field '{place.removeprefix('.')}': {message}" if place else message


def _named(path: Path) -> str:
    """Return the name of a file of the standard, with its folder."""
    return path.name if path.parent == FOLDER else f"{path.parent.name}/{path.name}"
