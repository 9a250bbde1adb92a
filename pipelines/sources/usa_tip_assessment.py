"""Assessments of the Trafficking in Persons Reports: persons protected, and where each was read.

UNODC hides counts under 5 of victims, accused and convicted, and figures of the same reports are
hidden here too, none included. So a summary of an effort or a shortfall is replaced if it tells a
count of at most five persons, or is about one person or one case; kind and code stay. Five is one
more than the publisher hides: the count is often a part of a known total, whose rest it gives away.

A place too weak to rest on, such as a private site, keeps its class in the table and loses its
address, which may be a person's name.
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

_WEAK: Final = "weak place: "
"""Begins what stands in place of a weak address: provenance and weakness."""

_PERSON: Final = (
    "victim|survivor|woman|man|boy|girl|person|offender|trafficker|suspect|convict|activist"
    "|citizen|foreigner|mayor|chief|judge|prosecutor|policeman|officer|official|ex-official"
    "|employee|ex-employee|member"
)
_PERSONS: Final = (
    "victims|survivors|women|men|boys|girls|child|children|minors|adults|persons|offenders"
    "|traffickers|suspects|convicts|citizens|nationals|foreigners|workers|judges|prosecutors|police"
    "|policemen|officers|officials|ex-officials|employees|members|others"
)
_EVENT: Final = "conviction|prosecution|verdict|child case|child sex case"
_EVENTS: Final = (
    "convictions|prosecutions|verdicts|charges|trials?|cases?|investigations?|inquiry|inquiries"
    "|returns"
)
_DONE: Final = (
    "arrested|charged|convicted|guilty|indicted|investigated|jailed|prosecuted|sentenced|tried"
    "|accused|given|helped|found|identified|recognised|detected|confirmed|sheltered"
)
_WORD: Final = r"\s+(?!for\b|times\b|departments\b)[\w'’-]+"
_KIND: Final = (
    r"\s+(?:new|further|adult|child|labour|forced|sex|trafficking|male|female|foreign|known|final"
    r"|presumed|possible|confirmed|a|an|any|single)"
)
_END: Final = r"(?![-'’\w])(?!\s+(?:shelter|database|handling))"
"""The end of a word that is no part of another: not `victim shelter`, `case database`."""
_COUNTED: Final = rf"\s+(?:{_PERSON}|{_PERSONS}|{_EVENT}|{_EVENTS}|{_DONE}){_END}"
_FEW: Final = re.compile(
    "|".join(
        (
            # a count
            rf"\b(?:one|two|three|four|five|single|sole|[0-5])\b(?:{_WORD}){{0,3}}?{_COUNTED}",
            r"\bone (?:for|with|of)\b",
            rf"(?<!too )\bfew\b(?:{_WORD}){{0,2}}?{_COUNTED}|\bstayed (?:low|small)\b",
            # one person
            rf"\b(?:a|an|another|first|its|former)\b(?:{_WORD}){{0,2}}?\s+(?:{_PERSON}|{_EVENT}){_END}",
            rf"\bthat (?:{_PERSON})\b",
            rf"(?<!every )(?<!every known )(?<!every possible )\b(?:{_PERSON})\s+"
            rf"(?:{_DONE}|moved|on trial|received|sent)\b",
            r"\b(?:convict|policeman|ex-employee|ex-official|attack on|child's exploiters)\b",
            r"\byears of prison imposed\b",
            # one case
            rf"(?<!lead to )\b(?:a|an|another|joint|large|largest)\b(?:{_WORD}){{0,2}}?"
            rf"\s+(?:case|inquiry|investigation|nightclub|raid|trial){_END}",
            rf"\bin the\b(?:{_WORD}){{1,3}} case{_END}",
            r"\bcase investigated\b",
            r"\b(?:deadly|police involved in \d{4})\b",
            # nobody, or nobody before
            r"\b(?:nobody|none(?! (?:followed|for)\b))\b",
            rf"\b(?:no|not one|zero|without|yet to)\b(?:{_KIND})*(?:{_WORD})?{_COUNTED}",
            rf"\bno\b(?:{_WORD}){{1,3}}?\s+(?:punished|sent)\b",
            r"\bwithout finding\b",
            rf"\bfirst\b(?:{_WORD}){{0,2}}?\s+(?:convictions|prosecutions|inquiries|raid|trials)\b",
            # persons of the line above, which may be hidden: there was at least one, or several
            r"^(?:they|neither|those children|their sentences|these (?:adults|were))\b",
            r"\b(?:all|several) of them\b",
            # what may be about one person, case or operation, or about the few of a small state
            r"\b(?:abuse|allegations) inside the\b",
            r"\ballegations not looked into\b",
            r"\b(?:bribery|corruption) claims (?:about|against) immigration staff\b",
            r"\bpolice (?:involved$|suspected of)|\bguilty police\b|\baccused senior officials\b",
            r"\bolder cases against officials\b|\bcomplained of\b",
            r"\barrests (?:and seizures|for running)\b|\boperation against .+ planned\b",
            r"\bcontact with another state about\b|\binvestigated together with\b",
            r"\b(?:convictions for related crimes|in trials here and abroad)\b",
            r"\b(?:prison|prison terms) imposed\b|\bsentences without much prison\b",
            r"\bmen (?:sheltered for the first time|joined .+, a first)\b|^victims assisted$",
            r"\bno enforcement reported\b",
            r"\bno (?:help|care)\b(?: to victims)? (?:reported|on record)\b",
        )
    ),
    re.IGNORECASE,
)


def prepare(rows: Rows) -> None:
    """Hide summaries of one case or of few persons and weak addresses, in the figure table too."""
    raw = rows.raw
    few = {text for text in map(str, raw["summary"].unique()) if tells_few(text)}
    hidden = raw["kind"].isin({"effort", "shortfall"}) & raw["summary"].isin(few)
    rows.replace(
        raw.assign(
            summary=raw["summary"].astype(str).mask(hidden, HIDDEN),
            url=raw["url"].astype(str).map(_without_weak),
        )
    )


def _without_weak(url: str) -> str:
    """Return an address, or what a place is in place of a weak one: `weak place: COPY, PRIVATE`."""
    host = _host(url)
    return f"{_WEAK}{host['provenance']}, {host['weakness']}" if host["weakness"] else url


def tells_few(summary: str) -> bool:
    """Return whether a summary tells a count of at most five, or is about one person or case."""
    return bool(_FEW.search(summary))


def code(label: str) -> str:
    """Return the code of a statement; `_Z` of a report of which only the tier was read."""
    return same_codes("code")(label) if label else "_Z"


def provenance(url: str) -> str:
    """Return whether a page is the publisher's own, a copy, or repeats parts (`provenance`)."""
    return _host(url)["provenance"]


def address(url: str) -> str:
    """Return the address of a page; "" if it is too weak to rest on."""
    return "" if weakness(url) else url


def weakness(url: str) -> str:
    """Return why a page is too weak to rest on; "" if it is not."""
    return _host(url)["weakness"]


def _host(url: str) -> dict[str, str]:
    """Return what holds of a page: the line of the table of hosts that it or its domain has."""
    if url.startswith(_WEAK):
        return dict(zip(_PRESS, url.removeprefix(_WEAK).split(", "), strict=True))
    host = found[1].lower() if (found := _HOST.match(url)) else ""
    known = _hosts()
    domains = (each for each in known if host == each or host.endswith(f".{each}"))
    return known[domain] if (domain := next(domains, "")) else _PRESS


@cache
def _hosts() -> dict[str, dict[str, str]]:
    rows = read_labels(__file__, "usa_tip_assessment_hosts.csv")
    return {row["host"]: row for row in rows}
