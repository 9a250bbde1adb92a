"""Addresses of SDMX REST: what a path names, and its parameters as sent."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from pipelines.published.extracts.sdmx.structure import AGENCY, VERSION, Flow
from pipelines.serve.message import Ask
from pipelines.serve.refusal import RefusedError, shown

_MOST_PARAMETERS: Final = 60
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_ANY: Final = ("*", "all")
_NEWEST: Final = ("*", "+", "~", "all", "latest", "LATEST")


@dataclass(frozen=True)
class Address:
    """A path below `/sdmx/v1` or `/sdmx/v2`.

    Attributes:
        is_1x: whether it is of SDMX REST 1.x.
        resource: the first part: `data`, `structure`, `dataflow`, `availability` ...
        parts: the others, decoded.
        parameters: those after `?`, decoded; a `+` stays one, since it is an operator.
    """

    is_1x: bool
    resource: str
    parts: tuple[str, ...]
    parameters: dict[str, str]

    def part(self, place: int, otherwise: str) -> str:
        """Return a part of the path, or what holds without it."""
        return self.parts[place] if place < len(self.parts) and self.parts[place] else otherwise

    def refuse_unknown(self, known: Sequence[str]) -> None:
        """Refuse parameters that are not among those known (400)."""
        for name in self.parameters:
            written = "c[COMPONENT]" if is_filter(name) else name
            if written not in known:
                there = ", ".join(known)
                raise RefusedError(400, f"no parameter {shown(name)}; there are {there}")

    def refuse_unless(self, name: str, *offered: str) -> None:
        """Refuse another value of a parameter than those offered, if it is given (501)."""
        asked = self.parameters.get(name, offered[0])
        if asked not in offered:
            raise RefusedError(
                501, f"{name}={shown(asked)} is not offered; {', '.join(offered)} is"
            )


def read_address(ask: Ask) -> Address:
    """Return what a request asks for.

    Raises:
        RefusedError: it is no address of this service (404), or cannot be read (400).
    """
    version, *parts = ask.path.partition("/sdmx/")[2].strip("/").split("/")
    if version not in ("v1", "v2"):
        raise RefusedError(400, "addresses begin with /sdmx/v2 or /sdmx/v1")
    decoded = tuple(map(_decoded, parts))
    return Address(
        is_1x=version == "v1",
        resource=decoded[0] if decoded else "",
        parts=decoded[1:],
        parameters=dict(_parameters(ask.query)),
    )


def _decoded(text: str) -> str:
    found = unquote(text, errors="replace")
    if _CONTROL.search(found):
        raise RefusedError(400, "a control character in the address")
    return found


def _parameters(query: str) -> Iterator[tuple[str, str]]:
    """Yield name and value of each parameter, and refuse one that is given twice."""
    seen: set[str] = set()
    for part in query.split("&"):
        if not part:
            continue
        name, _, value = part.partition("=")
        name = _decoded(name)
        if name in seen or len(seen) >= _MOST_PARAMETERS:
            raise RefusedError(
                400, f"{shown(name)} is given twice, or there are too many parameters"
            )
        seen.add(name)
        yield name, _decoded(value)


def is_filter(name: str) -> bool:
    """Return whether a parameter filters a component: `c[NAME]`."""
    return name.startswith("c[") and name.endswith("]")


def is_ours(agency: str) -> bool:
    """Return whether the agency of an address includes ours."""
    return agency in _ANY or AGENCY in agency.split(",")


def is_current(version: str) -> bool:
    """Return whether the version of an artefact in an address includes the one there is."""
    return any(each in (*_NEWEST, VERSION) or _is_later(each) for each in version.split(","))


def _is_later(asked: str) -> bool:
    """Return whether a version with a wildcard, `1+.0.0` or `1.0+.0`, includes ours."""
    if "+" not in asked:
        return False
    wanted, ours = asked.split("."), VERSION.split(".")
    for one, other in zip(wanted, ours, strict=False):
        number = one.removesuffix("+")
        if not (number.isdecimal() and other.isdecimal()) or int(number) > int(other):
            return False
        if one.endswith("+") or int(number) < int(other):
            return one.endswith("+")
    return True


def only_flow(flows: Sequence[Flow], address: Address) -> Flow:
    """Return the flow whose data or availability an address names.

    Raises:
        RefusedError: it names none (404) or several (501), or a context not offered (501).
    """
    if address.is_1x:
        agency, name, version = _of_1x(address.part(0, ""))
        context = "dataflow"
        if address.part(2, "all") not in ("all", AGENCY):
            raise RefusedError(404, f"no provider {shown(address.part(2, ''))}; there is {AGENCY}")
    else:
        context, agency, name, version = (address.part(place, "*") for place in range(4))
    if context not in ("dataflow", "datastructure", "*"):
        raise RefusedError(501, f"context {shown(context)} is not offered; dataflow is")
    found = [
        flow
        for flow in flows
        if is_ours(agency)
        and is_current(version)
        and (
            name in _ANY
            or (context != "datastructure" and flow.name in name.split(","))
            or (context != "dataflow" and flow.data_structure in name.split(","))
        )
    ]
    there = ", ".join(flow.name for flow in flows)
    if not found:
        raise RefusedError(404, f"no such flow in version {VERSION}; there are {there}")
    if len(found) > 1:
        raise RefusedError(
            501, f"several flows in one request are not offered; name one of {there}"
        )
    return found[0]


def _of_1x(reference: str) -> tuple[str, str, str]:
    """Return agency, id and version of `DF_TIP`, `TIPSTAT,DF_TIP` or `TIPSTAT,DF_TIP,1.4.0`."""
    parts = reference.split(",")
    if len(parts) == 1:
        return "all", parts[0], "latest"
    return parts[0], parts[1], parts[2] if len(parts) > 2 else "latest"
