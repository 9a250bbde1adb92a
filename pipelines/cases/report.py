"""The report of a count for the authority, on one page, in its language.

It has numbers of rows and of figures, and nothing of a record. Its numbers of rows are exact, so it
is not for publication.
"""

from pathlib import Path
from typing import Final

import pandas as pd

from pipelines.cases.account import Account
from pipelines.cases.texts import in_language
from pipelines.lib import templates
from schemas import codelists
from schemas.source import Authority

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
    words, names = in_language(language), codelists.labels("indicator", language)
    template = templates.environment(Path(__file__).parent).get_template(_TEMPLATE)
    statuses = figures["conf_status"].value_counts()
    by_table = loss.groupby("table", sort=False)[["cells", "small", "hidden"]]
    return template.render(
        text=words,
        language=language,
        publisher=authority.publisher,
        day=figures["release"].max(),
        account=account,
        statuses={each: int(statuses[each]) for each in STATUSES if each in statuses},
        losses={table.title(words): each.to_numpy().ravel().tolist() for table, each in by_table},
        indicators=[names[code] for code in loss["indicator"].unique()],
    )
