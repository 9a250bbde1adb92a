"""The account of an extract's rows: in = counted + quarantined by rule + set aside by filter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipelines.cases.coded_rows import COUNTED, FILTERS, OUTSIDE, RULES
from pipelines.cases.texts import number, said
from pipelines.cases.translate import SHOWN_FROM


@dataclass(frozen=True)
class Account:
    """Rows of an extract by outcome; zeros are left out."""

    rows: Mapping[str, int]
    forms: Mapping[str, int]  # rows in which the date has each form, those of none as ""
    outside: Mapping[str, int]  # rows set aside as outside the years, by year

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

    def lines(self) -> Iterator[str]:
        """Yield the account in words: one sentence, then a line per rule and filter.

        Where dates were not read or are of other years, a line says which; years of few rows are
        summed up.
        """
        kinds = {"quarantined": self.quarantined, "set_aside": self.set_aside}
        sums = {kind: sum(of_kind.values()) for kind, of_kind in kinds.items()}
        yield said("rows_in", total=self.total, counted=self.counted, **sums)
        for kind, of_kind in kinds.items():
            for rule, rows in of_kind.items():
                yield said(f"line_{kind}", rows=rows, rule=rule, why=said(rule))
        if "date_is_real" in self.rows:
            yield said("dates_by_form", forms=listed(self.forms))
        if OUTSIDE in self.rows:
            shown = {year: rows for year, rows in self.outside.items() if rows >= SHOWN_FROM}
            others = self.rows[OUTSIDE] - sum(shown.values())
            yield said("years_outside", years=listed(shown | ({"…": others} if others else {})))


def listed(rows: Mapping[str, int]) -> str:
    """Return rows by form or year in words."""
    none = said("date_none")
    return ", ".join(f"{each or none} {number(of)}" for each, of in rows.items() if of)
