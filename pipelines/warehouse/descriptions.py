"""Describe the columns of tables and views, each where the column is made.

A view describes the columns that it makes. Those that it passes on have the words of the contract
whose rows it is made of; columns of no contract, those of the first view or table that it reads.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from pipelines.warehouse.sql_files import SqlFile
from schemas.contract import CONTRACTS, Contract

_CELLS: Final = CONTRACTS["observation"]
"""The contract whose words describe a table that is made from no contract."""
_READ: Final = re.compile(r"\b(?:main|harmonised|judged|published)\.\w+")


@dataclass
class Descriptions:
    """Column descriptions of all tables and views made so far, by name."""

    _words: dict[str, dict[str, str]] = field(default_factory=dict)
    _contracts: dict[str, set[str]] = field(default_factory=dict)

    def of_contract(self, contract: Contract) -> dict[str, str]:
        """Return the column descriptions of a contract's table."""
        words = _words_of(contract)
        self._words[contract.table] = words
        self._contracts[contract.table] = {contract.table}
        return words

    def of_file(self, name: str, file: SqlFile) -> dict[str, str]:
        """Return the column descriptions of a table or view, those it passes on included."""
        read = [table for table in dict.fromkeys(_READ.findall(file.text)) if table in self._words]
        made_of = {table for parent in read for table in self._contracts[parent]} or {_CELLS.table}
        words: dict[str, str] = {}
        for parent in reversed(read):
            words |= self._words[parent]
        # In a join of observations and their population, the rows are those of observations.
        for contract in reversed(CONTRACTS.values()):
            if contract.table in made_of:
                words |= _words_of(contract)
        words |= file.fields
        self._words[name], self._contracts[name] = words, made_of
        return words


def _words_of(contract: Contract) -> dict[str, str]:
    return {name: column.description for name, column in contract.schema.columns.items()}
