"""The ids under which rules were once cited, and the meaning of the filters that set rows aside.

`rules.csv` has one line per rule or check that was cited before it had a name in words: `rule`,
`rule_id`. `filters.csv` has one line per filter: `filter`, `meaning`.
"""

from functools import cache
from pathlib import Path
from typing import Final

from schemas import codelists

_FILE: Final = Path(__file__).with_name("rules.csv")
_FILTERS: Final = Path(__file__).with_name("filters.csv")


@cache
def ids() -> dict[str, str]:
    """Return the id of each rule and check that has one, by its name."""
    return {line["rule"]: line["rule_id"] for line in codelists.rows(_FILE)}


def id_of(rule: str) -> str:
    """Return the id of a rule; its name, or the code of a detector, where it has no other."""
    return ids().get(rule, rule)


def filters() -> dict[str, str]:
    """Return the meaning of each filter that sets rows aside, by its name."""
    return {line["filter"]: line["meaning"] for line in codelists.rows(_FILTERS)}
