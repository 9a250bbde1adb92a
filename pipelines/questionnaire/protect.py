"""What is printed of each count of persons in a form: the rows of the form for `protection`."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from pipelines.protection import joint
from pipelines.protection.cells import DIMENSIONS, TOTAL, Bounds, Name
from pipelines.protection.programme import Print
from pipelines.questionnaire.figures import THRESHOLD, Interval
from pipelines.questionnaire.form import Row
from schemas.figure import FigureError, parse

Figures = Mapping[Row, Interval]
Printed = Mapping[Row, str]

_SMALL: Final = Interval(0, THRESHOLD - 1)


def printed(
    figures: Figures,
    earlier: Sequence[Printed] = (),
    elsewhere: Mapping[str, Interval] | None = None,
    public: Collection[Row] = (),
) -> dict[Row, str]:
    """Return the text that is printed of each figure of a form: nothing of one that is left out.

    Args:
        figures: of the form.
        earlier: what each earlier release printed of the year.
        elsewhere: what UNODC prints of the year, by the name of the row.
        public: rows that the state itself has published elsewhere.
    """
    texts = {row: figure.text for row, figure in figures.items() if not row.is_protected}
    counts = {row: figure for row, figure in figures.items() if row.is_protected}
    known = {
        name(row): Bounds(*figure)
        for row, figure in counts.items()
        if figure.lower == figure.upper
        and (row in public or (elsewhere or {}).get(row.name) == figure)
    }
    before = [{row: bound for row, text in each.items() if (bound := _bounds(row, text))}
              for each in earlier]  # fmt: skip
    found = joint.printed(_release(counts), [_release(each) for each in before if each], known)
    prints = {row: found.get(name(row)) for row in counts}
    texts |= {row: _text(each) if each else "" for row, each in prints.items()}
    return {row: texts[row] for row in figures}


def name(row: Row) -> Name:
    """Return the name that a row of the form has in `protection`."""
    return row.indicator, tuple(getattr(row, name, TOTAL) for name in DIMENSIONS)


def _bounds(row: Row, text: str) -> Bounds | None:
    """Return the bounds that an earlier print gives; none of a row without a number."""
    if not row.is_protected:
        return None
    try:
        found = parse(text, "en_US")
    except FigureError:  # recalled
        return None
    if found.lower is None:
        return None
    return Bounds(found.lower, float("inf") if found.upper is None else found.upper)


def _release(figures: Mapping[Row, tuple[float, float]]) -> joint.Release:
    return joint.Release({name(row): Bounds(*each) for row, each in figures.items()})


def _text(each: Print) -> str:
    """Return the text of a print in the figure table."""
    if each.low == each.high:
        return f"{each.low}"
    return _SMALL.text if each[1:] == _SMALL else f">={each.low} <={each.high}"


def shown(text: str) -> str:
    """Return a printed text as an office reads it: `18–21` in place of `>=18 <=21`."""
    return text.removeprefix(">=").replace(" <=", "–")
