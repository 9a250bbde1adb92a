"""The expression that gives each row of an extract its codes and its outcome.

It is Ibis, with functions that every engine has: no cast can fail, since each stands behind a
pattern. An outcome is `counted`, or the first rule that the row breaks (quarantined), or the first
filter that sets it aside.
"""

from collections.abc import Mapping as Map
from typing import Final

import ibis

from pipelines.cases.connect import Records
from pipelines.cases.mapping import DATE_FORMS, Mapping
from pipelines.cases.translate import IMPLAUSIBLE
from schemas.case import DIMENSIONS, FIELDS, SET_ASIDE

COUNTED: Final = "counted"

RULES: Final = {
    "row_is_filled": "all mapped columns are empty",
    "person_is_given": "no identifier of the person",
    "date_is_real": "no date of the given form, or a day that no calendar has",
    "status_is_given": "no status of the victim",
    "age_is_plausible": "an age below 0, of 120 or more, or with a fraction",
    "person_has_one_sex": "the person has another sex in another row",
    "person_has_one_birth_year": "the person has another year of birth in another row",
}
"""Rules of a row, in the order in which they are checked; a row that breaks one is quarantined."""

FILTERS: Final = {
    "status_not_counted": "the mapping file sets the status aside",
    "outside_years": "before first_year or after last_year",
    "later_event": "a later event of a person who is counted for this indicator and year",
}
"""Filters, in the order in which they apply."""

Codes = Map[str, Map[str, str]]
"""Codes by field and cell."""


def rows_by_cell(records: Records, column: str, most: int) -> dict[str, int]:
    """Return the rows of each different cell of a column; at most one more cell than `most`."""
    table = records.table
    grouped = table.group_by(cell=table[column]).aggregate(rows=table.count())
    found = records.run(grouped.limit(most + 1)).to_pydict()
    return dict(zip(found["cell"], found["rows"], strict=True))


def rows_by_date_form(records: Records, column: str) -> dict[str, int]:
    """Return the rows in which a column is a date, by form."""
    text = records.table[column]
    dates = {form: _date(text, form)[1].notnull().sum() for form in DATE_FORMS}
    found = records.run(records.table.aggregate(**dates)).to_pylist()[0]
    return {form: rows or 0 for form, rows in found.items()}  # None: there is no row


def expression(table: ibis.Table, mapping: Mapping, codes: Codes) -> ibis.Table:
    """Return rows by outcome and, of those counted, by the dimensions of a cell.

    Columns: `outcome`, the dimensions (null unless counted) and `rows`. A person is counted once
    per indicator and year, with the codes of the first event by date and identifier.
    """
    judged = _one_person(_row_rules(_coded(table, mapping, codes), mapping))
    ranked = judged.mutate(
        place=ibis.row_number().over(
            group_by=["outcome", "person", "indicator", "year"],
            order_by=["day", "event", "sex", "age", "ref_area", "exploitation", "citizenship"],
        )
    )
    later = (ranked.outcome == COUNTED) & (ranked.place > 0)
    final = ranked.mutate(outcome=ibis.cases((later, "later_event"), else_=ranked.outcome))
    text = {name: final[name] for name in DIMENSIONS if name != "time_period"}
    text["time_period"] = final.year.cast("string")
    counted = final.outcome == COUNTED
    cells = final.select(
        "outcome", **{name: _where(counted, text[name], "string") for name in DIMENSIONS}
    )
    return cells.group_by("outcome", *DIMENSIONS).aggregate(rows=cells.count())


def _coded(table: ibis.Table, mapping: Mapping, codes: Codes) -> ibis.Table:
    """Return person, event, date and codes of each row; what cannot be translated is null."""
    fields = mapping.fields
    plain = {
        name: table[fields[name].column] if name in fields else ibis.literal("")
        for name in ("person", "event", "birth_year")
    }
    coded = {
        name: _code(table, mapping, codes, name) for name, field in FIELDS.items() if field.is_coded
    }
    year, day = _date(table[fields["date"].column], fields["date"].form)
    filled = ibis.or_(*(table[name] != "" for name in mapping.columns))
    return table.select(**plain, **coded, year=year, day=day, filled=filled)


def _code(table: ibis.Table, mapping: Mapping, codes: Codes, name: str) -> ibis.Value:
    """Return a coded field; without one, the total or, of areas, the whole country."""
    field = mapping.fields.get(name)
    if field is None:
        return ibis.literal(mapping.country if name == "ref_area" else "_T")
    if field.code:
        return ibis.literal(field.code)
    cells: dict[str, list[str]] = {}
    for cell, code in codes[name].items():
        cells.setdefault(code, []).append(cell)
    column = table[field.column]
    branches = [(column.isin(sorted(cells[code])), code) for code in sorted(cells)]
    return ibis.cases(*branches, else_=ibis.null("string")) if branches else ibis.null("string")


def _date(text: ibis.Value, form: str) -> tuple[ibis.Value, ibis.Value]:
    """Return the year, and a number that orders days; both are null of what is no date."""
    order = DATE_FORMS[form]
    year, month, day = (_part(text, form, order, part) for part in "ymd")
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = ibis.cases(
        (month.isin([4, 6, 9, 11]), 30), ((month == 2) & leap, 29), (month == 2, 28), else_=31
    )
    real = month.between(1, 12) & (day >= 1) & (day <= last)
    number = year * 10_000 + month * 100 + day
    return _where(real, year, "int32"), _where(real, number, "int32")


def _part(text: ibis.Value, form: str, order: str, part: str) -> ibis.Value:
    """Return the year, month or day of a date as a number; 1 of a month or day that it lacks."""
    if part not in order:
        return ibis.literal(1, "int32")
    between = "[-/.]" if len(form) == len("YYYY-MM-DD") else ""
    width = {"y": "{4}", "m": "{1,2}" if between else "{2}", "d": "{1,2}" if between else "{2}"}
    pattern = between.join(f"([0-9]{width[each]})" for each in order)
    pattern = f"^{pattern}([ T].*)?$"
    digits = text.re_extract(pattern, order.index(part) + 1)
    return _where(text.re_search(pattern), digits, "string").cast("int32")


def _where(condition: ibis.Value, value: ibis.Value, dtype: str) -> ibis.Value:
    """Return the value where the condition holds, else null."""
    return ibis.cases((condition, value), else_=ibis.null(dtype))


def _row_rules(coded: ibis.Table, mapping: Mapping) -> ibis.Table:
    """Return the rows with the outcome that each has by itself."""
    outcome = ibis.cases(
        (~coded.filled, "row_is_filled"),
        (coded.person == "", "person_is_given"),
        (coded.day.isnull(), "date_is_real"),
        (coded.indicator.isnull(), "status_is_given"),
        (coded.age == IMPLAUSIBLE, "age_is_plausible"),
        (coded.indicator == SET_ASIDE, "status_not_counted"),
        (~coded.year.between(mapping.first_year, mapping.last_year), "outside_years"),
        else_=COUNTED,
    )
    return coded.mutate(outcome=outcome)


def _one_person(judged: ibis.Table) -> ibis.Table:
    """Return the rows with those quarantined whose person has two sexes or years of birth."""
    counted = judged.outcome == COUNTED
    known = judged.mutate(
        known_sex=_where(counted & judged.sex.isin(["F", "M", "_O"]), judged.sex, "string"),
        known_birth=_where(counted & (judged.birth_year != ""), judged.birth_year, "string"),
    )
    window = ibis.window(group_by="person")
    sexes, births = (
        (known[name].min().over(window) != known[name].max().over(window)).fill_null(False)
        for name in ("known_sex", "known_birth")
    )
    counted = known.outcome == COUNTED
    return known.mutate(
        outcome=ibis.cases(
            (counted & sexes, "person_has_one_sex"),
            (counted & births, "person_has_one_birth_year"),
            else_=known.outcome,
        )
    )
