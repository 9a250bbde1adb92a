"""What of a flow is asked for: keys, components and periods, as conditions in SQL.

Every value is a parameter of the statement; every name is that of a component.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pipelines.published.extracts.sdmx.structure import Component, Flow
from pipelines.serve.refusal import RefusedError, shown
from pipelines.serve.sdmx.addresses import Address, is_filter
from pipelines.serve.sdmx.periods import days_of

MOST_VALUES: Final = 500
"""Values in one request; more are refused with 413."""
_COMPARED: Final = {"eq": "=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_TEXT: Final = {
    "co": "contains({0}, ?)",
    "nc": "not coalesce(contains({0}, ?), false)",
    "sw": "starts_with({0}, ?)",
    "ew": "ends_with({0}, ?)",
}
_OPERATOR: Final = re.compile(r"[a-z]{2}:")
_WILD: Final = ("", "*")


@dataclass(frozen=True)
class Condition:
    """A condition on some components, and the values of its parameters."""

    sql: str
    values: tuple[str | float, ...] = ()
    components: frozenset[str] = frozenset()


@dataclass
class Filters:
    """The conditions of a request, all of which hold; it counts their values."""

    flow: Flow
    conditions: list[Condition] = field(default_factory=list)
    _values: int = 0

    def add_key(self, key: str, *, is_1x: bool) -> None:
        """Add keys: `A.BRA.*,A.MEX.*` in 2.x, `A.BRA+MEX.` in 1.x.

        Raises:
            RefusedError: a key has other parts than the flow has dimensions (400), or there are too
                many values (413).
        """
        if key in ("", "*", "all"):
            return
        names = [each.id for each in self.flow.of_role("dimension") if each.id != "TIME_PERIOD"]
        found: list[Condition] = []
        for each in [key] if is_1x else key.split(","):
            parts = each.split(".")
            if len(parts) > len(names) or (is_1x and len(parts) != len(names)):
                raise RefusedError(
                    400, f"key {shown(each)}: the dimensions are {'.'.join(names)}, {len(names)}"
                )
            self._count(1)
            wanted: list[Condition] = []
            for name, part in zip(names, parts, strict=False):
                if part not in _WILD:
                    codes = tuple(part.split("+") if is_1x else [part])
                    self._count(len(codes))
                    is_one_of = f'"{name}" in ({", ".join("?" * len(codes))})'
                    wanted.append(Condition(is_one_of, codes, frozenset({name})))
            found.append(_all_of(wanted))
        self.conditions.append(_any_of(found))

    def add_component(self, name: str, text: str) -> None:
        """Add `c[NAME]=text`: `,` between alternatives, `+` between what holds together.

        Raises:
            RefusedError: there is no such component or operator, or a value has another type (400);
                there are too many values (413).
        """
        components = {each.id: each for each in self.flow.components}
        if name not in components:
            raise RefusedError(
                400, f"no component {shown(name)}; there are {', '.join(components)}"
            )
        component = components[name]
        alternatives = [
            _all_of([self._compared(component, term) for term in option.split("+")])
            for option in text.split(",")
        ]
        self.conditions.append(_any_of(alternatives))

    def _compared(self, component: Component, term: str) -> Condition:
        self._count(1)
        name, operator, value = component.id, "eq", term
        if _OPERATOR.match(term):
            operator, _, value = term.partition(":")
        if operator in _TEXT:
            sql, typed = _TEXT[operator].format(f'"{name}"'), value
        elif operator not in (*_COMPARED, "ne"):
            there = ", ".join((*_COMPARED, "ne", *_TEXT))
            raise RefusedError(400, f"no operator {shown(operator)}; there are {there}")
        elif name == "TIME_PERIOD":
            sql, typed = _of_period(operator, value)
        elif component.text_type == "Double" and not component.codelist:
            return Condition(*_of_number(name, operator, value), frozenset({name}))
        else:
            sign = _COMPARED.get(operator, "is distinct from")
            sql, typed = f'"{name}" {sign} ?', value
        return Condition(sql, (typed,), frozenset({name}))

    def _count(self, values: int) -> None:
        self._values += values
        if self._values > MOST_VALUES:
            raise RefusedError(
                413,
                f"more than {MOST_VALUES} values in one request; ask in parts, or for the whole "
                "flow as SDMX-CSV",
            )

    def of(self, components: frozenset[str]) -> "tuple[str, list[str | float]]":
        """Return the conditions on these components alone, with their values, joined by `and`."""
        chosen = [each for each in self.conditions if each.components <= components]
        joined = _all_of(chosen)
        return joined.sql, list(joined.values)


def _all_of(conditions: Sequence[Condition]) -> Condition:
    return _joined(conditions, " and ")


def _any_of(conditions: Sequence[Condition]) -> Condition:
    return _joined(conditions, " or ")


def _joined(conditions: Sequence[Condition], word: str) -> Condition:
    return Condition(
        f"({word.join(each.sql for each in conditions)})" if conditions else "true",
        tuple(value for each in conditions for value in each.values),
        frozenset().union(*(each.components for each in conditions)),
    )


def _of_number(name: str, operator: str, value: str) -> tuple[str, tuple[float, ...]]:
    """Return a comparison of numbers; a missing figure, NaN, compares with none but itself."""
    try:
        number = float(value)
    except ValueError as error:
        raise RefusedError(400, f"c[{name}]: {shown(value)} is no number") from error
    is_number = f'"{name}" is not null and "{name}" <> \'NaN\''
    if number != number:
        sign = {"eq": "=", "ne": "is distinct from"}.get(operator)
        if not sign:
            raise RefusedError(400, f"c[{name}]: NaN is neither less nor more than a number")
        return f"\"{name}\" {sign} 'NaN'", ()
    as_number = f'"{name}"::double'
    if operator == "ne":
        return f"not ({is_number} and {as_number} = ?)", (number,)
    return f"({is_number} and {as_number} {_COMPARED[operator]} ?)", (number,)


def _of_period(operator: str, value: str) -> tuple[str, str]:
    """Return a comparison of periods: from the first day, or until the last, of the one asked."""
    first, last = days_of(value)
    if operator in ("eq", "ne"):
        return f'"TIME_PERIOD" {"=" if operator == "eq" else "<>"} ?', value
    return {
        "ge": ("_first >= ?::date", first),
        "gt": ("_first > ?::date", last),
        "le": ("_last <= ?::date", last),
        "lt": ("_last < ?::date", first),
    }[operator]


def filters_of(flow: Flow, key: str, address: Address) -> Filters:
    """Return the conditions of a key and of the parameters that filter.

    Raises:
        RefusedError: one of them cannot be read (400), or there are too many values (413).
    """
    found = Filters(flow)
    found.add_key(key, is_1x=address.is_1x)
    for name, text in address.parameters.items():
        if is_filter(name):
            found.add_component(name[2:-1], text)
        elif name in ("startPeriod", "endPeriod"):  # 2.x dropped them; clients still send them
            found.add_component("TIME_PERIOD", ("ge:" if name == "startPeriod" else "le:") + text)
    return found
