"""Assessments of the Trafficking in Persons Reports: persons protected, and where each was read.

UNODC hides counts under 5 of victims, accused and convicted, and figures of the same reports are
hidden here too, none included. So a summary of an effort or a shortfall that tells such a count,
or is about one person, is replaced; kind and code stay.
"""

import re
from functools import cache
from typing import Final

from pipelines.reader.labels import read_labels, same_codes
from pipelines.reader.rows import Rows
from schemas.assessment import HIDDEN

_HOST: Final = re.compile(r"https?://([^/:?#]+)", re.IGNORECASE)
_PRESS: Final = {"provenance": "REPEATED", "weakness": ""}
"""What holds of a host that the table does not have: a newspaper or a list repeats the report."""

_ONE: Final = (
    r"victim|survivor|woman|man|boy|girl|person|offender|trafficker|suspect|mayor|chief|policeman"
    r"|officer|official|ex-official|ex-employee|employee|member|convict|conviction|prosecution|verdict"
    r"|child case|child sex case"
)
"""Words for a person, or for what is counted of a person."""
_SEVERAL: Final = (
    r"victims|survivors|women|men|boys|girls|child|children|minors|persons|offenders|traffickers"
    r"|suspects|officials|ex-officials|officers|police|policemen|employees|members|convicts|others"
    r"|convicted|convictions|verdicts|guilty|prosecuted|prosecutions|tried|trials?|indicted|charged"
    r"|charges|accused|arrested|jailed|sentenced|given|investigated|investigations?|inquiry"
    r"|inquiries|cases?|helped|found|identified|confirmed|sheltered"
)
_DONE: Final = r"arrested|charged|convicted|indicted|investigated|jailed|sentenced|tried"
_WORD: Final = r"\s+(?!for\b|times\b)[\w'’-]+"
_KIND: Final = (
    r"\s+(?:new|further|adult|child|labour|forced|sex|trafficking|male|female|foreign|known|final"
    r"|presumed|possible|confirmed|a|an|any|single)"
)
_COUNTED: Final = rf"\s+(?:{_ONE}|{_SEVERAL})(?![-\w])"
_FEW: Final = re.compile(
    rf"\b(?:one|two|three|four|single|sole|[0-4])\b(?:{_WORD}){{0,3}}?{_COUNTED}"
    rf"|\b(?:a|an|another|first|its|former)\b(?:{_WORD}){{0,2}}?\s+(?:{_ONE})(?![-\w])"
    rf"|\b(?:{_ONE})\s+(?:{_DONE})\b"
    r"|\b(?:nobody|none|convict|policeman|ex-employee|ex-official)\b"
    rf"|\b(?:no|not one|zero|without|yet to)\b(?:{_KIND})*(?:{_WORD})?{_COUNTED}",
    re.IGNORECASE,
)


def prepare(rows: Rows) -> None:
    """Hide summaries that tell of few persons, in the figure table too."""
    raw = rows.raw
    few = {text for text in map(str, raw["summary"].unique()) if tells_few(text)}
    hidden = raw["kind"].isin({"effort", "shortfall"}) & raw["summary"].isin(few)
    rows.replace(raw.assign(summary=raw["summary"].astype(str).mask(hidden, HIDDEN)))


def tells_few(summary: str) -> bool:
    """Return whether a summary tells a count of fewer than 5 persons, or is about one."""
    return bool(_FEW.search(summary))


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
