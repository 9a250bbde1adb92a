"""What is printed of each count of persons in a form: the rows of the form for `protection`."""

from collections.abc import Collection, Mapping, Sequence

from pipelines.protection import joint
from pipelines.protection.cells import NOTHING, TOTAL, Bounds, Name
from pipelines.protection.programme import Print
from pipelines.questionnaire.figures import BELOW, HIDDEN, as_text
from pipelines.questionnaire.form import Row
from schemas.figure import FigureError, parse


def printed(
    figures: Mapping[Row, Bounds],
    earlier: Sequence[Mapping[Row, str]] = (),
    elsewhere: Mapping[str, Bounds] | None = None,
    public: Collection[Row] = (),
) -> dict[Row, str]:
    """Return the text that is printed of each figure of a form: nothing of one that is left out.

    Args:
        figures: of the form.
        earlier: what each earlier release printed of the year.
        elsewhere: what UNODC prints of the year, by the name of the row.
        public: rows that the state itself has published elsewhere.
    """
    counts = {name(row): figure for row, figure in figures.items() if row.is_protected}
    known = {
        name(row): figure
        for row, figure in figures.items()
        if row.is_protected
        and figure.low == figure.high
        and (row in public or (elsewhere or {}).get(row.name) == figure)
    }
    before = [
        {name(row): bound for row, text in each.items() if (bound := _bounds(row, text))}
        for each in earlier
    ]
    prints = joint.printed(counts, [each for each in before if each], known)
    return {
        row: _text_of(prints.get(name(row))) if row.is_protected else as_text(figure)
        for row, figure in figures.items()
    }


def name(row: Row) -> Name:
    """Return the name that a row of the form has in `protection`."""
    return row.indicator, (TOTAL, *row.codes)


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
    return Bounds(found.lower, NOTHING.high if found.upper is None else found.upper)


def _text_of(found: Print | None) -> str:
    """Return the text of a print in the figure table."""
    if not found:
        return ""
    if found.low == found.high:
        return f"{found.low}"
    return HIDDEN if found[1:] == BELOW else f">={found.low} <={found.high}"


def shown(text: str) -> str:
    """Return a printed text as an office reads it: `18–21` in place of `>=18 <=21`."""
    return text.removeprefix(">=").replace(" <=", "–")
