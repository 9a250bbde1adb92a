"""What of the rows is asked for: columns, order, and how many."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pipelines.published.extracts.sdmx.structure import Flow
from pipelines.serve.refusal import RefusedError, shown
from pipelines.serve.sdmx.filters import Filters

_NUMBERS: Final = ("firstNObservations", "lastNObservations", "offset", "limit")
_COMMON: Final = (*_NUMBERS, "startPeriod", "endPeriod", "updatedAfter", "dimensionAtObservation",
                  "includeHistory", "format")  # fmt: skip
PARAMETERS: Final = (*_COMMON, "c[COMPONENT]", "asOf", "attributes", "measures", "sort")
PARAMETERS_1X: Final = (*_COMMON, "detail")
_TIME: Final = "TIME_PERIOD"
_DIGITS: Final = 9

Statement = tuple[str, list[str | float]]
"""A statement in SQL and the values of its parameters."""


@dataclass(frozen=True)
class Selection:
    """The columns, conditions, order and numbers of a request.

    Attributes:
        filters: the conditions on rows, and the flow.
        columns: the components that are asked for, in the order of the flow.
        is_flat: whether all dimensions are at the observation.
        order: the order that is asked for, expressions of SQL; none for that of keys and time.
        numbers: `offset`, `limit`, `firstNObservations` and `lastNObservations`, where given.
    """

    filters: Filters
    columns: list[str]
    is_flat: bool
    order: tuple[str, ...]
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def flow(self) -> Flow:
        """Return the flow whose rows are asked for."""
        return self.filters.flow

    @property
    def _dimensions(self) -> list[str]:
        return [each.id for each in self.flow.of_role("dimension")]

    def of_rows(self, relation: str, most: int | None, *, is_in_order: bool = False) -> Statement:
        """Return the statement that reads a relation, one row more than `most` at most.

        A table that is in the order of keys is read without sorting: DuckDB keeps its order.
        """
        first_and_last = self._first_and_last()
        is_sorted = is_in_order and not first_and_last and not self.order
        # The key comes last, so that the same request has the same order, page by page.
        order = "" if is_sorted else f" order by {', '.join((*self.order, '_place'))}"
        where, values = self.filters.of(frozenset(each.id for each in self.flow.components))
        text = (
            f"select {_listed(self.columns)} from {relation} where {where}"  # noqa: S608
            f"{first_and_last}{order}"
        )
        limits = [self.numbers["limit"]] if "limit" in self.numbers else []
        if most is not None:
            limits.append(most + 1)
        if limits:
            text += f" limit {min(limits)}"
        return f"{text} offset {self.numbers.get('offset', 0)}", values

    def of_keys(self, relation: str) -> Statement:
        """Return the statement that reads the keys of rows that are gone."""
        where, values = self.filters.of(frozenset(self._dimensions))
        names = _listed(self._dimensions)
        return f"select {names} from {relation} where {where} order by all", values  # noqa: S608

    def _first_and_last(self) -> str:
        """Return the clause that keeps the first or last observations of each series."""
        series = _listed([name for name in self._dimensions if name != _TIME])
        kept = [
            f"row_number() over (partition by {series} order by _first {way}) <= {wanted}"
            for name, way in (("firstNObservations", "asc"), ("lastNObservations", "desc"))
            if (wanted := self.numbers.get(name)) is not None
        ]
        return f" qualify {' or '.join(kept)}" if kept else ""


def selection(filters: Filters, asked: Mapping[str, str]) -> Selection:
    """Return what the parameters of a request ask for.

    Raises:
        RefusedError: one of them cannot be read (400), or is not offered (501).
    """
    flow, at = filters.flow, asked.get("dimensionAtObservation", _TIME)
    dimensions = [each.id for each in flow.of_role("dimension")]
    if at not in (_TIME, "AllDimensions"):
        status = 501 if at in dimensions else 400
        raise RefusedError(
            status, f"dimensionAtObservation: {_TIME} or AllDimensions, not {shown(at)}"
        )
    measures = [each.id for each in flow.of_role("measure")]
    attributes = flow.of_role("attribute")
    groups = {
        "dsd": {each.id for each in attributes},
        "series": {each.id for each in attributes if each.attached_to},
        "obs": {each.id for each in attributes if not each.attached_to},
        "dataset": set[str](),
        "msd": set[str](),
    }
    wanted = "none" if asked.get("detail") == "dataonly" else asked.get("attributes", "dsd")
    columns = [
        *dimensions,
        *_chosen("measures", asked.get("measures", "all"), measures, {}),
        *_chosen("attributes", wanted, [each.id for each in attributes], groups),
    ]
    return Selection(
        filters,
        columns,
        is_flat=at == "AllDimensions",
        order=_order(asked.get("sort", ""), dimensions, columns),
        numbers={name: _number(asked[name], name) for name in _NUMBERS if name in asked},
    )


def _order(text: str, dimensions: list[str], columns: list[str]) -> tuple[str, ...]:
    """Return the order of `sort=COMPONENT:desc+OTHER`."""
    series = [name for name in dimensions if name != _TIME]
    found = []
    for part in text.split("+") if text else []:
        name, _, way = part.partition(":")
        names = {"*": dimensions, "series_key": series}.get(name, [name])
        if way not in ("", "asc", "desc") or not {*names} <= {*columns}:
            raise RefusedError(
                400, f"sort: {shown(part)}; write COMPONENT or COMPONENT:desc, with +"
            )
        found += [f'"{each}" {way}' for each in names]
    return tuple(found)


def _chosen(what: str, wanted: str, known: list[str], groups: Mapping[str, set[str]]) -> list[str]:
    """Return the components that a list of ids and groups names, in their order."""
    groups = {"all": {*known}, "none": set(), **groups}
    found: set[str] = set()
    for name in wanted.split(","):
        if name not in groups and name not in known:
            raise RefusedError(
                400, f"{what}: {shown(name)}; there are {', '.join((*groups, *known))}"
            )
        found |= groups.get(name, {name})
    return [name for name in known if name in found]


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise RefusedError(400, f"{name} is {shown(text)}, not a whole number")
    return int(text)
