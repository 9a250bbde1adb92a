"""Protection of persons in the summaries of assessments.

UNODC hides counts under 5 of victims, accused and convicted, and figures of the same reports are
hidden here too, none included. So a summary of an effort or a shortfall that tells such a count,
or is about one person, is replaced; kind and code stay.
"""

import re
from typing import Final

import pandas as pd

from schemas.assessment import HIDDEN

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


def without_persons(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a file, without what tells a count of few persons or of one person."""
    is_told = raw["kind"].isin({"effort", "shortfall"})
    few = {text for text in map(str, raw["summary"].unique()) if tells_few(text)}
    hidden = is_told & raw["summary"].isin(few)
    return raw.assign(summary=raw["summary"].astype(str).mask(hidden, HIDDEN))


def tells_few(summary: str) -> bool:
    """Return whether a summary tells a count of fewer than 5 persons, or is about one."""
    return bool(_FEW.search(summary))
