"""The states that were asked to fill in a questionnaire: `data/questionnaires.csv`, kept by hand.

The answers are the releases of the states' reports; they are not recorded a second time.
"""

from dataclasses import dataclass
from typing import Final

from pipelines.lib import clock, paths
from pipelines.lib.errors import TipstatError
from pipelines.raw import manifest, record_csv, stated_files
from schemas import codelists

YEARS: Final = range(1990, 2101)
"""Years that a form may be about."""
LAST_DAYS: Final = "12-28"
"""Day from which on a year counts as over."""


class QuestionnairesError(TipstatError):
    """The table of the states that were asked is invalid."""


@dataclass(frozen=True)
class Asked:
    """A line of the table: a state that was asked about a year."""

    state: str  # alpha-3 code
    year: str  # the year that the form is about
    language: str  # the language of the form
    office: str  # the office that was asked; no person's name
    asked: str  # the day on which the form was sent, ISO 8601


def is_over(year: int) -> bool:
    """Return whether a year is over, or nearly: only then is a form about it accepted."""
    return f"{year}-{LAST_DAYS}" <= clock.today()


def asked() -> list[Asked]:
    """Return the lines of the table, in its order; none if there is no such file.

    Raises:
        QuestionnairesError: the table has other columns, or a line is not complete and sound.
    """
    path, names = paths.questionnaires(), record_csv.columns(Asked)
    found = []
    for place, cells in record_csv.read_record(path, Asked, QuestionnairesError, names):
        record_csv.refuse_invalid_date(place, "asked", cells["asked"], QuestionnairesError)
        lists = {"state": codelists.oas_states(), "language": codelists.LANGUAGES}
        for name, known in lists.items():
            if cells[name] not in known:
                raise QuestionnairesError(f"{place}: '{cells[name]}' in {name} is not a {name}")
        if not (cells["year"].isdecimal() and len(cells["year"]) == 4):
            raise QuestionnairesError(f"{place}: '{cells['year']}' in year is not a year")
        found.append(Asked(**cells))
    return found


def answers() -> dict[tuple[str, str], manifest.RawFile]:
    """Return the first release with each state and year that was reported."""
    found: dict[tuple[str, str], manifest.RawFile] = {}
    for entry in manifest.known():
        if entry.source.endswith(stated_files.NATIONAL_REPORT) and entry.path.is_file():
            state = stated_files.state_of(entry.source)
            for line in codelists.rows(entry.path):
                found.setdefault((state, line["time_period"]), entry)
    return found
