"""Assessments of the Trafficking in Persons Reports: persons protected, and where each was read."""

import re
from functools import cache
from typing import Final

from pipelines.reader.labels import read_labels, same_codes
from pipelines.reader.rows import Rows
from pipelines.sources._usa_tip_assessment_persons import without_persons

_HOST: Final = re.compile(r"https?://([^/:?#]+)", re.IGNORECASE)
_PRESS: Final = {"provenance": "REPEATED", "weakness": ""}
"""What holds of a host that the table does not have: a newspaper or a list repeats the report."""


def prepare(rows: Rows) -> None:
    """Hide summaries that tell of one case or of few persons, in the figure table too."""
    rows.replace(without_persons(rows.raw))


def code(label: str) -> str:
    """Return the code of a statement; `_Z` of a report of which only the tier was read."""
    return same_codes("code")(label) if label else "_Z"


def provenance(url: str) -> str:
    """Return whether a page is the publisher's own, a copy, or repeats parts (`provenance`)."""
    return _host(url)["provenance"]


def weakness(url: str) -> str:
    """Return why a page is too weak to rest on; "" if it is not."""
    return _host(url)["weakness"]


def _host(url: str) -> dict[str, str]:
    """Return the line of the table of hosts that a page or its domain has."""
    host = found[1].lower() if (found := _HOST.match(url)) else ""
    known = _hosts()
    domains = (each for each in known if host == each or host.endswith(f".{each}"))
    return known[domain] if (domain := next(domains, "")) else _PRESS


@cache
def _hosts() -> dict[str, dict[str, str]]:
    rows = read_labels(__file__, "usa_tip_assessment_hosts.csv")
    return {row["host"]: row for row in rows}
