"""The account of an extract's rows: in = counted + quarantined by rule + set aside by filter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.cases.coded_rows import COUNTED, FILTERS, RULES
from pipelines.cases.texts import said


@dataclass(frozen=True)
class Account:
    """Rows of an extract by outcome; zeros are left out."""

    rows: Mapping[str, int]
    notes: Sequence[str] = ()  # lines about dates that were not read and years that are not counted

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
        sums = {
            "quarantined": sum(self.quarantined.values()),
            "set_aside": sum(self.set_aside.values()),
        }
        return [
            said("rows_in", total=self.total, counted=self.counted, **sums),
            *(
                said(f"line_{kind}", rows=rows, rule=rule, why=said(rule))
                for kind in sums
                for rule, rows in getattr(self, kind).items()
            ),
            *self.notes,
        ]
