"""The only reader of `parameters.csv`: the numbers by which figures are judged, one row a rule.

The row says what its number decides, and why it is that number. SQL takes it as
`parameter.<code>()`, texts as `{parameter.<code>}`, Python from here. Two rules have two rows,
even if their numbers are equal today. To change a number, change its row. A number that follows by
its reason from that of a row above is written as `least_years_of_trend`, `2 * level_years` or
`1 / confirmed_above`.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

_FILE: Final = Path(__file__).with_name("parameters.csv")
_CODE: Final = re.compile(r"[a-z]+(_[a-z0-9]+)*")
_NUMBER: Final = re.compile(r"\d+(\.\d+)?")
_FOLLOWS: Final = re.compile(r"(?:(?P<by>\d+) (?P<sign>[*/]) )?(?P<code>[a-z]\w*)")
_IN_TEXT: Final = re.compile(r"\{parameter\.(\w+)\}")


class Parameter(NamedTuple):
    """A number by which figures are judged.

    Attributes:
        code: name in SQL, Python and texts.
        value: the number, whole or a decimal fraction, as written in the file or as it follows.
        unit: what it is a number of; a `share` is a part of 1.
        decides: the rule that it is part of.
        reason: why it is this number.
    """

    code: str
    value: str
    unit: str
    decides: str
    reason: str


@cache
def parameters() -> dict[str, Parameter]:
    """Return all parameters by code, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return read_parameters(csv.reader(file))


def read_parameters(lines: Iterable[list[str]]) -> dict[str, Parameter]:
    """Return the parameters in the lines of a file, the first of which names the columns.

    Raises:
        ValueError: columns are not those of `Parameter`, a cell is empty, a code is no name or is
            there twice, a value is no number and follows from no row above, or a share exceeds 1.
    """
    head, *rows = lines
    if tuple(head) != Parameter._fields:
        raise ValueError(f"{_FILE.name}: columns are {head}, not {list(Parameter._fields)}")
    found: dict[str, Parameter] = {}
    for row in rows:
        if len(row) != len(head) or not all(row) or row[0] in found:
            raise ValueError(f"{_FILE.name}: not the row of a parameter: {row}")
        code, written, *rest = row
        found[code] = Parameter(code, _number(written, found), *rest)
        if not _is_valid(*found[code][:3]):
            raise ValueError(f"{_FILE.name}: not the row of a parameter: {row}")
    return found


def _number(written: str, above: Mapping[str, Parameter]) -> str:
    follows = _FOLLOWS.fullmatch(written)
    if not follows or follows["code"] not in above:
        return written
    value, by = float(above[follows["code"]].value), int(follows["by"] or 1)
    return f"{by / value if follows['sign'] == '/' else by * value:.10g}"


def _is_valid(code: str, value: str, unit: str) -> bool:
    is_named = _CODE.fullmatch(code) and _NUMBER.fullmatch(value)
    return bool(is_named) and (unit not in ("share", "probability") or float(value) <= 1)


def of(code: str) -> Parameter:
    """Return a parameter.

    Raises:
        ValueError: the file has no such code.
    """
    if code not in parameters():
        raise ValueError(f"{_FILE.name} has no parameter {code!r}")
    return parameters()[code]


def number(code: str) -> float:
    """Return the value of a parameter; a share is a part of 1."""
    return float(of(code).value)


def whole(code: str) -> int:
    """Return the value of a parameter that is a whole number; ValueError if it is none."""
    return int(of(code).value)


def fill(text: str, thousands: str = ",") -> str:
    """Return a text with the number in place of each `{parameter.<code>}`; of a share, in percent.

    Raises:
        ValueError: the file has no such code.
    """
    return _IN_TEXT.sub(lambda found: printed(found[1], thousands), text)


def printed(code: str, thousands: str = ",") -> str:
    """Return the value of a parameter as texts have it; of a share, in percent."""
    parameter = of(code)
    if parameter.unit == "share":
        return f"{100 * float(parameter.value):g}"
    return (
        parameter.value
        if "." in parameter.value
        else f"{int(parameter.value):,}".replace(",", thousands)
    )
