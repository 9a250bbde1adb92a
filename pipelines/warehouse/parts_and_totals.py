"""Apply the rules about parts and totals to releases that are in no warehouse yet."""

from collections.abc import Sequence
from typing import Final

import duckdb
import pandas as pd

from pipelines.harmonised.harmonise import Harmonised
from pipelines.warehouse import database, sql_files
from schemas.contract import Contract

CASE: Final = ["rule", "ref_area", "indicator", "time_period", "subject", "verdict"]
"""Columns that identify a case across releases: it is the same case with other figures."""

_VIEWS: Final = ("interval", "margin", "sum_of_parts")
"""Views of the schema `harmonised` that the rules read."""


def new_cases(
    contract: Contract, made: Harmonised, current: Sequence[pd.DataFrame]
) -> pd.DataFrame:
    """Return the cases in which the parts and the total of a release contradict each other.

    `current` has the rows of the current releases of its source; a case of theirs is left out. One
    row per case, with the columns of `CASE`; `locator` and `found`, the place and printed text of
    the total; `column`, the dimension of the parts; `message`.
    """
    found = _cases(contract, [made.rows], [made.quarantine])
    known = _cases(contract, current, []) if len(found) else found
    is_known = pd.MultiIndex.from_frame(found[CASE]).isin(pd.MultiIndex.from_frame(known[CASE]))
    return found[~is_known]


def _cases(
    contract: Contract, releases: Sequence[pd.DataFrame], quarantines: Sequence[pd.DataFrame]
) -> pd.DataFrame:
    """Return the failing cases of releases; a quarantined figure may have any value."""
    with duckdb.connect() as connection:
        connection.begin()
        database.create_tables(connection)
        for rows in releases:
            database.insert(connection, contract.table, rows)
        for rows in quarantines:
            database.insert(connection, "main.quarantine", rows)
        for view in sql_files.folder("harmonised"):
            if view.name in _VIEWS:
                connection.execute(view.text)
        about_sums = [
            rule
            for rule in sql_files.rules()
            if (rule.fields["kind"], rule.fields["severity"]) == ("identity", "WARN")
        ]
        database.apply_rules(connection, about_sums)
        return connection.execute(sql_files.query("failing_sums")).df()
