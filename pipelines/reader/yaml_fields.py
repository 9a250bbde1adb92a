"""Read YAML into dataclasses, whose annotations say what each field may hold.

Nothing is guessed: a field that is unknown, missing, given twice or of another form is an error
that names the field and what to write.
"""

import re
import reprlib
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import yaml

from pipelines.lib import did_you_mean
from pipelines.lib.errors import TipstatError
from schemas import codelists, strict_yaml
from schemas.annotations import AtLeast, CodeOf, Column, Form, NameIn, Regex, Truth

_PLAIN: Final[dict[object, str]] = {
    str: "a text",
    Column: "a column",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}


class MetadataError(TipstatError):
    """A metadata file that cannot be used: the file, the field and the remedy, on one line."""


def content(path: Path) -> dict[str, Any]:
    """Return what the file holds, in Python's types."""
    try:
        found = strict_yaml.load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MetadataError("no such file: write it as docs/add-a-source.md says") from None
    except UnicodeDecodeError:
        raise MetadataError("not a text in UTF-8: save it as such") from None
    except strict_yaml.GivenTwiceError as error:
        line = f"line {error.problem_mark.line + 1}"
        raise MetadataError(f"{line}: {error.problem}: delete one") from None
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


def checked(kind: type, given: object, place: str = "", known: str = "") -> dict[str, Any]:
    """Return the values of a dataclass's fields.

    Args:
        kind: the dataclass.
        given: what the file holds in their place.
        place: where that is in the file, with a point behind it.
        known: the name of a field that the file does not have.

    Raises:
        MetadataError: a field is unknown, missing or of another form.
    """
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
        hint = next((each for each in kinds if _type(each) is type(given)), kinds[0])
    if isinstance(hint, type) and is_dataclass(hint):
        return hint(**checked(hint, given, f"{place}."))
    if _type(hint) in (list, dict):
        return _collected(hint, given, place)
    if not _suits(hint, given):
        raise _wrong(place, given, hint)
    return Column(given) if hint is Column else given


def _collected(hint: object, given: object, place: str) -> object:
    """Return a list as a tuple, or the values of fields whose names the file chooses."""
    kinds = get_args(hint)
    if isinstance(given, list) and (given or get_origin(hint) is Sequence):
        return tuple(_value(kinds[0], one, f"{place}[{n}]") for n, one in enumerate(given))
    if isinstance(given, dict) and get_origin(hint) is Mapping:
        places = {name: f"{place}.{name}" for name in given}
        return {
            _value(kinds[0], name, at): _value(kinds[1], given[name], at)
            for name, at in places.items()
        }
    raise _wrong(place, given, hint)


def _type(hint: object) -> object:
    """Return the type that YAML gives to values of an annotation."""
    origin = get_origin(hint)
    if origin in (tuple, Sequence):
        return list
    if origin is Mapping or is_dataclass(hint):
        return dict
    return str if hint is Column else get_args(hint)[0] if origin is Annotated else hint


def _suits(hint: object, given: object) -> bool:
    """Return whether a text, number or truth value has the type and the form annotated."""
    if get_origin(hint) is Literal:
        return given in get_args(hint)
    if get_origin(hint) is Annotated:
        kind, rule = get_args(hint)
        return type(given) is kind and _obeys(given, rule)
    kind = int if hint is float and type(given) is int else _type(hint)
    return type(given) is kind and given != ""


def _obeys(given: Any, rule: object) -> bool:  # noqa: ANN401 - of the type that the rule is for
    if isinstance(rule, Form):
        return re.fullmatch(rule.pattern, given) is not None
    if isinstance(rule, AtLeast):
        return bool(given >= rule.minimum)
    if isinstance(rule, Regex):
        try:
            return bool(re.compile(given))
        except re.error:
            return False
    if isinstance(rule, NameIn):
        return given in _names_in(rule.table)
    if isinstance(rule, CodeOf):
        return given in codelists.codes(rule.codelist)
    return isinstance(rule, Truth)


@cache
def _names_in(table: str) -> frozenset[str]:
    rows = codelists.rows(Path(codelists.__file__).with_name(table))
    return frozenset(next(iter(row.values())) for row in rows)


def _wrong(place: str, given: object, hint: object) -> MetadataError:
    """Return the error for a field whose value does not fit its annotation."""
    shown = reprlib.repr if isinstance(given, list | dict) else repr  # aliases may hold billions
    found = "empty" if given in (None, "", [], {}) else shown(given)
    is_text = hint in (str, Column) or (get_origin(hint) is Annotated and get_args(hint)[0] is str)
    is_unquoted = is_text and isinstance(given, bool | int | float | date)
    quoted = ", in quotation marks" if is_unquoted else ""
    return MetadataError(f"field '{place}' is {found}: write {_expected(hint)}{quoted}")


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
    if isinstance(rule, NameIn):
        return f"{rule.what} of schemas/{rule.table}, or add a line there"
    return f"a code of schemas/codelists/{rule.codelist}.csv" if isinstance(rule, CodeOf) else ""
