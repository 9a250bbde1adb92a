"""The account of an extract's rows: in = counted + quarantined by rule + set aside by filter."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.cases.coded_rows import COUNTED, FILTERS, RULES


@dataclass(frozen=True)
class Account:
    """Rows of an extract by outcome; zeros are left out."""

    rows: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return the rows of the extract."""
        return sum(self.rows.values())

    @property
    def counted(self) -> int:
        """Return the rows that were counted: a person's first event per indicator and year."""
        return self.rows.get(COUNTED, 0)

    @property
    def quarantined(self) -> dict[str, int]:
        """Return the quarantined rows by rule."""
        return {rule: self.rows[rule] for rule in RULES if rule in self.rows}

    @property
    def set_aside(self) -> dict[str, int]:
        """Return the rows set aside by filter."""
        return {name: self.rows[name] for name in FILTERS if name in self.rows}

    def lines(self) -> list[str]:
        """Return the account in words: one sentence, then a line per rule and filter."""
        sums = [sum(part.values()) for part in (self.quarantined, self.set_aside)]
        return [
            f"{self.total:,} rows in = {self.counted:,} counted + {sums[0]:,} quarantined + "
            f"{sums[1]:,} set aside",
            *(
                f"quarantined {rows:,}: {rule} ({RULES[rule]})"
                for rule, rows in self.quarantined.items()
            ),
            *(
                f"set aside {rows:,}: {name} ({FILTERS[name]})"
                for name, rows in self.set_aside.items()
            ),
        ]
