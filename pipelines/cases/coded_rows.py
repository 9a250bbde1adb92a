"""The expression that gives each row of an extract its codes and its outcome.

It is Ibis, with functions that every engine has: no cast can fail, since a pattern guards each. An
outcome is `counted`, or the first rule that the row breaks (quarantined), or the first filter that
sets it aside.

Within the expression, codes and outcomes are their places in an order of names: an engine sorts and
spills one byte instead of a text. A date is read once for each text that occurs.

Which year a detected victim counts in: docs/decisions/cases.md.
"""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from typing import Final

import ibis

from pipelines.cases.connect import Records
from pipelines.cases.mapping import DATE_FORMS, Mapping
from pipelines.cases.translate import IMPLAUSIBLE, counted_as
from schemas.case import DETECTED, DIMENSIONS, FIELDS, SET_ASIDE

COUNTED: Final = "counted"

RULES: Final = (
    "row_is_filled", "person_is_given", "date_is_real", "status_is_given", "age_is_plausible",
    "person_has_one_sex", "person_has_one_birth_year",
)  # fmt: skip
"""Rules of a row, in the order in which they are checked; a row that breaks one is quarantined."""

OUTSIDE: Final = "outside_years"
FILTERS: Final = ("status_not_counted", OUTSIDE, "later_event")
"""Filters, in the order in which they apply."""

SEXES: Final = ("F", "M", "_O")
"""Codes that say of what sex a person is."""

OUTCOMES: Final = (COUNTED, *RULES, *FILTERS)
DATED: Final = (COUNTED, OUTSIDE)
"""Outcomes of rows with a date and a status."""

PLACE: Final = "int16"
"""Type of the place of a code or an outcome."""

Codes = Map[str, Map[str, str]]
"""Codes by field and cell."""

Names = Map[str, Sequence[str]]
"""Codes of each coded field, in the order of their places."""


def persons_by_cell(records: Records, column: str, person: str, most: int) -> dict[str, int]:
    """Return the persons of each different cell of a column; at most one more cell than `most`.

    `person` is the column of their identifiers; without one, each row counts as a person.
    """
    table = records.table
    persons = table[person].nunique() if person else table.count()
    grouped = table.group_by(cell=table[column]).aggregate(persons=persons)
    found = records.run(grouped.limit(most + 1)).to_pydict()
    return dict(zip(found["cell"], found["persons"], strict=True))


def rows_by_date_form(records: Records, column: str) -> dict[str, int]:
    """Return the rows in which a column is a date, by form; those of no form as `""`."""
    table = records.table
    cells = table.group_by(text=table[column]).aggregate(rows=table.count())
    known = {form: _day(cells.text, [form]).notnull() for form in DATE_FORMS}
    known[""] = ~ibis.or_(*known.values())
    sums = {f"rows {form}": _where(of, cells.rows, "int64").sum() for form, of in known.items()}
    found = records.run(cells.aggregate(**sums)).to_pylist()[0]
    return {form: int(found[f"rows {form}"] or 0) for form in known}  # None: there is no row


def expression(table: ibis.Table, mapping: Mapping, codes: Codes) -> ibis.Table:
    """Return rows by outcome and, of those counted, by the dimensions of a cell.

    Columns: `outcome`, the dimensions (null unless counted, but for the year of rows outside the
    years), `detects` and `rows`. A person is counted once per indicator and year, with the codes of
    the first event by date and identifier. `detects` marks the row by which a person is counted as
    detected, once and for all.
    """
    names = _names(mapping, codes)
    judged = _row_rules(_coded(table, mapping, codes, names), mapping, names)
    final = _once(_one_person(judged, mapping, names))
    shown = {name: _where(_counted(final), final[name], PLACE) for name in DIMENSIONS}
    shown["time_period"] = _where(_is(final.outcome, OUTCOMES, *DATED), final.time_period, PLACE)
    is_first = (final.detection == final.first_detection).fill_null(False)
    cells = final.select("outcome", **shown, detects=_counted(final) & is_first)
    by = ("outcome", *DIMENSIONS, "detects")
    return _named(cells.group_by(*by).aggregate(rows=cells.count()), names)


def _names(mapping: Mapping, codes: Codes) -> Names:
    """Return the codes of each coded field; without one, the total or, of areas, the country."""
    names: dict[str, Sequence[str]] = {}
    for name in (name for name, field in FIELDS.items() if field.is_coded):
        field = mapping.fields.get(name)
        if field is None:
            names[name] = [mapping.country if name == "ref_area" else "_T"]
        elif field.code:
            names[name] = [counted_as(name, {field.code}, mapping.country)]
        else:
            names[name] = sorted(set(codes[name].values()))
    return names


def _named(cells: ibis.Table, names: Names) -> ibis.Table:
    """Return cells with codes and outcomes in place of their places; null where there is none."""
    named = {name: names[name] for name in DIMENSIONS if name in names} | {"outcome": OUTCOMES}
    text = {
        name: _first([(cells[name] == place, code) for place, code in enumerate(codes)], "string")
        for name, codes in named.items()
    }
    text["time_period"] = cells.time_period.cast("string")
    return cells.select("detects", "rows", **text)


def _place(outcome: str) -> ibis.Value:
    return ibis.literal(OUTCOMES.index(outcome), PLACE)


def _is(place: ibis.Value, names: Sequence[str], *wanted: str) -> ibis.Value:
    """Return whether a place is that of one of the wanted names; null where there is none."""
    return place.isin([names.index(name) for name in wanted if name in names])


def _coded(table: ibis.Table, mapping: Mapping, codes: Codes, names: Names) -> ibis.Table:
    """Return person, event, date and codes of each row; what cannot be translated is null."""
    fields = mapping.fields
    texts = {
        name: table[fields[name].column] if name in fields else ibis.literal("")
        for name in ("person", "event", "birth_year", "date")
    }
    coded = {
        name: _code(table[fields[name].column], codes[name], names[name])
        if name in codes
        else ibis.literal(0, PLACE)
        for name in names
    }
    filled = ibis.or_(*(table[name] != "" for name in mapping.columns))
    rows = table.select(**texts, **coded, filled=filled)
    days = table.select(text=table[fields["date"].column]).distinct()
    days = days.select("text", day=_day(days.text, fields["date"].forms))
    rows = rows.left_join(days, rows.date == days.text).drop("date", "text")
    return rows.mutate(time_period=(rows.day // 10_000).cast(PLACE))


def _code(column: ibis.Value, codes: Map[str, str], names: Sequence[str]) -> ibis.Value:
    """Return the place of the code of each cell of a column."""
    cells: dict[str, list[str]] = {name: [] for name in names}
    for cell, code in codes.items():
        cells[code].append(cell)
    found = [(column.isin(sorted(each)), place) for place, each in enumerate(cells.values())]
    return _first([(is_one, ibis.literal(place, PLACE)) for is_one, place in found], PLACE)


def _day(text: ibis.Value, forms: Sequence[str]) -> ibis.Value:
    """Return a date as the number YYYYMMDD, which orders days; null for what is not a date."""
    days = []
    for form in forms:
        year, month, day = (_part(text, form, part) for part in "ymd")
        leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
        last = ibis.cases(
            (month.isin([4, 6, 9, 11]), 30), ((month == 2) & leap, 29), (month == 2, 28), else_=31
        )
        real = month.between(1, 12) & (day >= 1) & (day <= last)
        days.append(_where(real, year * 10_000 + month * 100 + day, "int32"))
    return ibis.coalesce(*days)


def _part(text: ibis.Value, form: str, part: str) -> ibis.Value:
    """Return the year, month or day of a date as a number; 1 of a month or day that it lacks."""
    order = DATE_FORMS[form]
    if part not in order:
        return ibis.literal(1, "int32")
    between = "[-/.]" if len(form) == len("YYYY-MM-DD") else ""
    width = "{1,2}" if between else "{2}"
    pattern = between.join(f"([0-9]{'{4}' if each == 'y' else width})" for each in order)
    pattern, text = f"^{pattern}[ T]", text + " "  # engines do not agree on what `$` is
    digits = text.re_extract(pattern, order.index(part) + 1)
    return _where(text.re_search(pattern), digits, "string").cast("int32")


def _where(condition: ibis.Value, value: ibis.Value, dtype: str) -> ibis.Value:
    """Return the value where the condition holds, else null."""
    return _first([(condition, value)], dtype)


def _first(branches: Sequence[tuple[ibis.Value, object]], dtype: str) -> ibis.Value:
    """Return the value of the first condition that holds; null where none does."""
    return ibis.cases(*branches, else_=ibis.null(dtype)) if branches else ibis.null(dtype)


def _row_rules(coded: ibis.Table, mapping: Mapping, names: Names) -> ibis.Table:
    """Return the rows with the outcome that each has by itself."""
    years = coded.time_period.between(mapping.first_year, mapping.last_year)
    outcome = ibis.cases(
        (~coded.filled, _place("row_is_filled")),
        (coded.person == "", _place("person_is_given")),
        (coded.day.isnull(), _place("date_is_real")),
        (coded.indicator.isnull(), _place("status_is_given")),
        (_is(coded.age, names["age"], IMPLAUSIBLE), _place("age_is_plausible")),
        (_is(coded.indicator, names["indicator"], SET_ASIDE), _place("status_not_counted")),
        (~years, _place(OUTSIDE)),
        else_=_place(COUNTED),
    )
    return coded.mutate(outcome=outcome)


def _one_person(judged: ibis.Table, mapping: Mapping, names: Names) -> ibis.Table:
    """Return the rows with those quarantined whose person has two sexes or years of birth."""
    facts = {
        "sex": _where(_is(judged.sex, names["sex"], *SEXES), judged.sex, PLACE),
        "birth_year": judged.birth_year.nullif(""),
    }
    known = {
        f"known_{name}": _where(_counted(judged), fact, str(fact.type()))
        for name, fact in facts.items()
        if name in mapping.fields
    }
    rows = judged.mutate(**known, detection=_detection(judged, names))
    person, branches = ibis.window(group_by="person"), []
    for name in known:
        differ = rows[name].min().over(person) != rows[name].max().over(person)
        branches.append((_counted(rows) & differ, _place(name.replace("known", "person_has_one"))))
    return rows.mutate(
        outcome=ibis.cases(*branches, else_=rows.outcome) if branches else rows.outcome,
        first_detection=rows.detection.min().over(person),
    )


def _detection(judged: ibis.Table, names: Names) -> ibis.Value:
    """Return a number that orders a person's events as detected victim, by day and by status.

    Null of other events, and of all if the mapping file does not know two statuses of `DETECTED`.
    """
    statuses = [name for name in DETECTED if name in names["indicator"]]
    if len(statuses) < 2:
        return ibis.null("int64")
    ranks = [(_is(judged.indicator, names["indicator"], n), r) for r, n in enumerate(statuses)]
    order = judged.day.cast("int64") * len(DETECTED) + _first(ranks, "int64")
    return _where(_is(judged.outcome, OUTCOMES, *DATED), order, "int64")


def _once(rows: ibis.Table) -> ibis.Table:
    """Return the rows with a person's later events of an indicator and year set aside."""
    once = _where(_counted(rows), rows.indicator * 10_000 + rows.time_period, "int32")
    place = ibis.row_number().over(
        group_by=["person", once],
        order_by=["day", "event", "sex", "age", "ref_area", "exploitation", "citizenship"],
    )
    ranked = rows.mutate(place=place)
    later = _counted(ranked) & (ranked.place > 0)
    return ranked.mutate(outcome=ibis.cases((later, _place("later_event")), else_=ranked.outcome))


def _counted(rows: ibis.Table) -> ibis.Value:
    return rows.outcome == _place(COUNTED)
