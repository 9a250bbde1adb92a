"""The ids under which rules and checks were cited before they had names in words.

`rules.csv` has one line per name: `rule`, `rule_id`. A rule that came later has a name only, and no
line there.
"""

from functools import cache
from pathlib import Path
from typing import Final

from schemas import codelists

_FILE: Final = Path(__file__).with_name("rules.csv")


@cache
def ids() -> dict[str, str]:
    """Return the id of each rule and check that has one, by its name."""
    return {line["rule"]: line["rule_id"] for line in codelists.rows(_FILE)}


def id_of(rule: str) -> str:
    """Return the id of a rule; its name, or the code of a detector, where it has no other."""
    return ids().get(rule, rule)
