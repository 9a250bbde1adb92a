"""Objections of states to statements about them: `data/objections.csv`, kept by hand.

A statement is what another government wrote, and stays as it is; the state's answer stands beside
it, in the state's own words. Where our reading of the report is wrong, the file of the source is
corrected instead, and entered as a release of its own.
"""

from dataclasses import dataclass
from typing import Final

from pipelines.lib import paths
from pipelines.lib.errors import TipstatError
from pipelines.raw import record_csv

_MOST_WORDS: Final = 60


class ObjectionsError(TipstatError):
    """The table of objections is invalid."""


@dataclass(frozen=True)
class Objection:
    """A line of the table: what a state answers to one statement."""

    source: str
    ref_area: str  # alpha-3 code of the state
    report_year: str
    kind: str  # code of the list `assessment_kind`
    rank: str  # place of the item in its list
    code: str  # code of the list `assessment_code`
    objection: str  # the state's words, in its language
    office: str  # the office that speaks for the state; no person's name
    address: str  # where the state publishes it, or the number of its letter
    received: str  # the day on which it came in, ISO 8601


def entries() -> list[Objection]:
    """Return the lines of the table, in its order; none if there is no such file.

    Raises:
        ObjectionsError: the table has other columns, or a line is not complete and sound.
    """
    path, names = paths.objections(), record_csv.columns(Objection)
    found: dict[tuple[str, ...], Objection] = {}
    for place, cells in record_csv.read_record(path, Objection, ObjectionsError, names):
        record_csv.refuse_invalid_date(place, "received", cells["received"], ObjectionsError)
        for name in ("report_year", "rank"):
            if not cells[name].isdecimal():
                raise ObjectionsError(f"{place}: '{cells[name]}' in {name} is not a whole number")
        if len(cells["objection"].split()) > _MOST_WORDS:
            raise ObjectionsError(
                f"{place}: the objection has more than {_MOST_WORDS} words: have the state shorten "
                "it, and give the whole under its address"
            )
        statement = tuple(cells[name] for name in names[:6])
        if statement in found:
            raise ObjectionsError(f"{place}: this statement has an objection already: join the two")
        found[statement] = Objection(**cells)
    return [*found.values()]
