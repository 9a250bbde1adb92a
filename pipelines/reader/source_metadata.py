"""Metadata file of a source, `<id>.yml`, checked against `schemas.source.Source`.

Nothing is guessed: a field that is unknown, missing, given twice or of another form is an error
that names the file, the field and what to write.
"""

import re
import reprlib
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, asdict, fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import orjson
import yaml

from pipelines.lib import did_you_mean
from pipelines.lib.errors import TipstatError
from pipelines.raw import stated_files
from pipelines.reader import open_sdg, table_checks
from schemas import codelists
from schemas.annotations import AtLeast, CodeOf, Form, Regex, Truth
from schemas.source import Authority, Layout, Source

_PLAIN: Final[dict[object, str]] = {
    str: "a text", int: "a whole number", float: "a number", bool: "true or false",
}  # fmt: skip
_Base: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class MetadataError(TipstatError):
    """A metadata file that cannot be used: the file, the field and the remedy, on one line."""


class _Loader(_Base):  # type: ignore[misc,valid-type]
    """YAML's safe loader, which refuses a field that is given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
        names: list[object] = []
        for name, _ in node.value:
            if name.value in names:
                line = name.start_mark.line + 1
                raise MetadataError(f"line {line}: field '{name.value}' is given twice: delete one")
            names.append(name.value)
        return super().construct_mapping(node, deep)


def read_source(path: Path) -> Source:
    """Return the source that a metadata file describes; the file's name is its id.

    Raises:
        MetadataError: there is no such file, or it is not a complete and valid description.
    """
    try:
        return _source(path.stem, _content(path))
    except MetadataError as error:
        raise MetadataError(f"{'/'.join(path.parts[-3:])}: {error}") from None


def _source(identity: str, given: dict[str, Any]) -> Source:
    """Return a source of these fields, with the table that `open_sdg` stands for."""
    source = Source(id=identity, **_checked(Source, given, "", known="id"))
    _check_columns(source.layouts)
    if source.open_sdg:
        try:
            source = replace(source, tables=(open_sdg.table(source),))
        except open_sdg.OpenSdgError as error:
            raise MetadataError(str(error)) from None
    for mistake in table_checks.mistakes(source):
        raise MetadataError(mistake)
    return source


def read_stated_source(path: Path, common: Path) -> Source:
    """Return the source that an authority states in a file, whose name is the source's id.

    Args:
        path: what the authority states.
        common: what such sources have in common.

    Raises:
        MetadataError: a file is missing, or not a complete and valid description.
    """
    try:
        stated = checked_authority(_content(path))
    except MetadataError as error:
        raise MetadataError(f"{path}: {error}") from None
    shared = _content(common)
    counted = {code: text.format(**asdict(stated)) for code, text in shared["counted"].items()}
    own = asdict(stated) | {
        "counted": counted,
        "caveats": [*shared["caveats"], *stated.caveats],
        "licence": dict.fromkeys(codelists.LANGUAGES, stated.licence),
        "citation": f"{stated.publisher}, {_in_language(shared, stated.language)}",
        "address": stated.page,
        "tables": [_of_state(table, path.stem) for table in shared["tables"]],
    }
    return _source(path.stem, shared | own)


def _of_state(table: dict[str, Any], source: str) -> dict[str, Any]:
    """Return a table whose figures are of the state that the source is named after."""
    return table | {"cells": {"ref_area": stated_files.state_of(source)} | table["cells"]}


def checked_authority(given: object) -> Authority:
    """Return what an authority states about its figures.

    Raises:
        MetadataError: a field is unknown, missing or of another form.
    """
    return Authority(**_checked(Authority, given, ""))


def stated_text(authority: Authority) -> str:
    """Return the text of an authority's statement: one line for each filled field."""
    lines = asdict(authority).items()
    return "".join(f"{name}: {orjson.dumps(given).decode()}\n" for name, given in lines if given)


def _in_language(shared: dict[str, Any], language: str) -> str:
    return str(shared["title_in"].get(language, shared["title"]))


def _content(path: Path) -> dict[str, Any]:
    """Return what the file holds, in Python's types."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe loader
    except FileNotFoundError:
        raise MetadataError("no such file: write it as docs/add-a-source.md says") from None
    except UnicodeDecodeError:
        raise MetadataError("not a text in UTF-8: save it as such") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        problem = " ".join(str(getattr(error, "problem", error)).split())
        raise MetadataError(
            f"{line}not YAML ({problem}): put a text with ': ', '#' or quotation marks in "
            "quotation marks, indent alike what belongs together, delete control characters"
        ) from None
    if not isinstance(found, dict):
        raise MetadataError("holds no fields: write a line for each, such as 'language: es'")
    return found


def _checked(kind: type, given: object, place: str, known: str = "") -> dict[str, Any]:
    """Return the values of a dataclass's fields; `place` leads to them in the file."""
    if not isinstance(given, dict):
        raise _wrong(place.removesuffix("."), given, kind)
    hints = {name: hint for name, hint in _hints(kind).items() if name != known}
    for name in given:
        if name not in hints:
            hint = did_you_mean.hint(str(name), hints)
            raise MetadataError(f"field '{place}{name}' is unknown: {hint}")
    for name in _required(kind):
        if name in hints and name not in given:
            expected = _expected(hints[name])
            raise MetadataError(f"field '{place}{name}' is missing: add {expected}")
    return {name: _value(hints[name], value, place + name) for name, value in given.items()}


@cache
def _hints(kind: type) -> dict[str, object]:
    return get_type_hints(kind, include_extras=True)


def _required(kind: type) -> list[str]:
    return [
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    ]


def _value(hint: object, given: object, place: str) -> object:
    """Return a value in the type of its annotation."""
    if get_origin(hint) in (Union, types.UnionType):
        kinds = [each for each in get_args(hint) if each is not types.NoneType]
        if given is None and len(kinds) < len(get_args(hint)):
            return None
        fitting = (each for each in kinds if _type(each) is type(given))
        return _value(next(fitting, kinds[0]), given, place)
    if (kind := get_origin(hint)) in (tuple, Sequence):
        if not isinstance(given, list) or not (given or kind is Sequence):
            raise _wrong(place, given, hint)
        each = get_args(hint)[0]
        return tuple(_value(each, one, f"{place}[{n}]") for n, one in enumerate(given))
    if kind is Mapping:
        if not isinstance(given, dict):
            raise _wrong(place, given, hint)
        name, each = get_args(hint)
        return {
            _value(name, key, f"{place}.{key}"): _value(each, one, f"{place}.{key}")
            for key, one in given.items()
        }
    if isinstance(hint, type) and is_dataclass(hint):
        return hint(**_checked(hint, given, f"{place}."))
    if not _suits(hint, given):
        raise _wrong(place, given, hint)
    return given


def _type(hint: object) -> type:
    """Return the type that YAML gives to values of an annotation."""
    origin = get_origin(hint)
    if origin is Annotated:
        return get_args(hint)[0]
    if origin in (tuple, Sequence):
        return list
    return dict if origin is Mapping or is_dataclass(hint) else str


def _suits(hint: object, given: object) -> bool:
    """Return whether a text, number or truth value has the type and the form annotated."""
    if get_origin(hint) is Literal:
        return given in get_args(hint)
    if get_origin(hint) is Annotated:
        kind, rule = get_args(hint)
        return type(given) is kind and _obeys(given, rule)
    if hint is float and type(given) is int:
        return True
    return type(given) is hint and given != ""


def _obeys(given: Any, rule: object) -> bool:  # noqa: ANN401 - of the type that the rule is for
    if isinstance(rule, Form):
        return re.fullmatch(rule.pattern, given) is not None
    if isinstance(rule, AtLeast):
        return bool(given >= rule.minimum)
    if isinstance(rule, Regex):
        return _is_pattern(given)
    if isinstance(rule, CodeOf):
        return given in codelists.codes(rule.codelist)
    return isinstance(rule, Truth)


def _is_pattern(text: str) -> bool:
    try:
        return bool(re.compile(text))
    except re.error:
        return False


def _check_columns(layouts: Sequence[Layout]) -> None:
    """Refuse a layout that uses a column which its header does not have."""
    for number, layout in enumerate(layouts):
        place = f"layouts[{number}]"
        for field in ("used", "fill_down"):
            for name in sorted({*getattr(layout, field)} - {*layout.header, *layout.optional}):
                raise MetadataError(
                    f"field '{place}.{field}' has '{name}', which is not in 'header': "
                    f"{did_you_mean.hint(name, layout.header)}"
                )
        if layout.wide and not re.compile(layout.wide).groupindex:
            raise MetadataError(
                f"field '{place}.wide' names no group: write one for what a column's name means, "
                r"such as '(?P<year>\d{4})'"
            )


def _wrong(place: str, given: object, hint: object) -> MetadataError:
    """Return the error for a field whose value does not fit its annotation."""
    shown = reprlib.repr if isinstance(given, list | dict) else repr  # aliases may hold billions
    found = "empty" if given in (None, "", [], {}) else shown(given)
    is_unquoted = _is_text(hint) and isinstance(given, bool | int | float | date)
    quoted = ", in quotation marks" if is_unquoted else ""
    return MetadataError(f"field '{place}' is {found}: write {_expected(hint)}{quoted}")


def _is_text(hint: object) -> bool:
    return hint is str or (get_origin(hint) is Annotated and get_args(hint)[0] is str)


def _expected(hint: object) -> str:
    """Describe the values that an annotation allows."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type):
        names = _required(hint) or [field.name for field in fields(hint)]
        return f"the fields {', '.join(names)}"
    first, *rules = get_args(hint)
    if get_origin(hint) is Annotated:
        return _expected_by(rules[0])
    if get_origin(hint) is Literal:
        return " or ".join([first, *rules])
    if get_origin(hint) in (tuple, Sequence):
        return f"a list, each entry {_expected(first)}"
    if get_origin(hint) is Mapping:
        return "fields, such as 'name: text'"
    if types.NoneType not in (kinds := get_args(hint)):
        return " or ".join(map(_expected, kinds))
    return f"{_expected(first)}, or null"


def _expected_by(rule: object) -> str:
    if isinstance(rule, Form):
        return rule.expected
    if isinstance(rule, AtLeast):
        return f"a whole number, {rule.minimum} or more"
    if isinstance(rule, Truth):
        return f"true {rule.when}, else false"
    if isinstance(rule, Regex):
        return "a regular expression, such as '(?P<year>\\d{4})'"
    return f"a code of schemas/codelists/{rule.codelist}.csv" if isinstance(rule, CodeOf) else ""
