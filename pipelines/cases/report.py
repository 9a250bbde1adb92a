"""The report of a count for the authority, on one page, in its language.

It has numbers of rows and of figures, and nothing of a record. Its numbers of rows are exact, so it
is not for publication.
"""

from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from pipelines.cases.account import Account
from pipelines.lib import templates
from schemas import codelists
from schemas.case import THRESHOLD
from schemas.source import Authority

_TEXTS: Final = Path(__file__).with_name("report_text.csv")
_TEMPLATE: Final = "report.html.j2"
STATUSES: Final = ("F", "A", "S", "C", "Q")
"""Statuses of printed figures, in the order in which they are explained."""


def report(
    account: Account, loss: pd.DataFrame, figures: pd.DataFrame, authority: Authority
) -> str:
    """Return the report as HTML.

    Args:
        account: of the extract's rows.
        loss: what each table loses, columns indicator, table, cells, small, hidden.
        figures: the printed figures of the release.
        authority: whose report it is.
    """
    language = authority.language
    template = templates.environment(Path(__file__).parent).get_template(_TEMPLATE)
    statuses = figures["conf_status"].value_counts()
    return template.render(
        text=texts(language),
        language=language,
        publisher=authority.publisher,
        day=figures["release"].max(),
        account=account,
        statuses={each: int(statuses[each]) for each in STATUSES if each in statuses},
        losses=_by_table(loss, language),
        indicators=_names(loss, language),
    )


@cache
def texts(language: str) -> dict[str, str]:
    """Return the texts of the report in a language, by code."""
    found = {line["code"]: line[language] for line in codelists.rows(_TEXTS)}
    return {code: text.replace("{threshold}", f"{THRESHOLD}") for code, text in found.items()}


def _names(loss: pd.DataFrame, language: str) -> list[str]:
    names = codelists.labels("indicator", language)
    return [names[code] for code in loss["indicator"].unique()]


def _by_table(loss: pd.DataFrame, language: str) -> dict[str, list[int]]:
    """Return figures, small and hidden ones of each indicator, by the title of the table."""
    rows = loss.groupby("table", sort=False)[["cells", "small", "hidden"]]
    return {_title(table, language): of_one.to_numpy().ravel().tolist() for table, of_one in rows}


def _title(table: str, language: str) -> str:
    """Return the title of a table, such as `nation: sex x age`, in a language."""
    words, (scope, _, parts) = texts(language), table.partition(": ")
    named = " × ".join(words["all" if part == "total" else part] for part in parts.split(" x "))
    return f"{words[scope]}, {named}"
