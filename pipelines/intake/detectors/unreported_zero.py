"""UNREPORTED_ZERO: a `0` that stands where nothing was reported.

A nought is a figure like others: a state that convicted nobody says so. Some are blanks of a form
that became `0`. The column `reason` of `finding` names what shows it, the strongest reason first:

    NEW_COLUMN  kept out: five or more areas print the cell of an old year for the first time, all
                `0`, more than the share of noughts in other areas explains (Holm, 5 %)
    NO_TOTAL    kept out: the area's table of that year has noughts only, and no total
    NEW         doubtful: printed for the first time, in an old year, beside a nearest year of five
                or more; and the parts of such a nought

An indicator of which the file prints no total is not judged: its figures are sums of single units,
such as offences by agency, in which 0 is counted. A cell is new if the previous release has the
area, and figures of the year or of later ones, but not the cell. Blanks in columns that more areas
print than the total are found by FILLED_COLUMN, noughts that other figures refute by REFUTED_ZERO.
"""

from typing import Final

import pandas as pd
import scipy

from pipelines.intake.detectors import sums
from pipelines.intake.detectors.coincidence import holm
from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import LISTS, PERSONS, SMALLEST
from pipelines.intake.detectors.sums import CELL, TABLE
from pipelines.raw.findings import DOUBTFUL, KEEP_OUT

FEWEST_AREAS: Final = 5
_COLUMN: Final = ["indicator", "year", "cell"]
_TOLD: Final = ["reason", "effect", "evidence", "other_year", "least"]


def unreported_zero(release: Release) -> pd.DataFrame:
    """Return findings about noughts that were not reported."""
    figures, old = sums.totalled(release.figures), release.before
    all_cells = sums.cells(figures)
    without_total = _without_total(all_cells)
    if old is None:
        return sums.findings_of_cells(figures, [without_total])
    comparable = all_cells.merge(old[["ref_area"]].drop_duplicates())
    comparable = _without_lists(comparable[comparable["year"] <= old["year"].max()])
    new = sums.without(comparable, old, CELL)
    beside = _beside_a_figure(new[new["upper"] == 0], all_cells)
    return sums.findings_of_cells(figures, [_new_columns(new, comparable), without_total, beside])


def _without_total(all_cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of tables that have noughts only, in years without a total."""
    table = [*TABLE, "dimension"]
    totals = all_cells.loc[all_cells["kind"] == "total", TABLE]
    counted = all_cells.loc[all_cells["upper"] > 0, table]
    left = sums.without(sums.without(_without_lists(all_cells), totals, TABLE), counted, table)
    number = left.groupby(table)["cell"].transform("size")
    found = left.assign(reason="NO_TOTAL", effect=KEEP_OUT, evidence="ALL_NOUGHTS")
    return found.assign(agree=number, compared=number)


def _new_columns(new: pd.DataFrame, comparable: pd.DataFrame) -> pd.DataFrame:
    """Return the new cells of columns in which all are noughts, more than chance explains.

    The chance of a nought is its share in the column's other cells, those that are not new.
    """
    others = _noughts(sums.without(comparable, new, CELL), "others_compared", "others_agree")
    columns = _noughts(new, "compared", "agree")
    columns = columns[columns["compared"] >= FEWEST_AREAS].merge(others, "left", _COLUMN)
    columns = columns.fillna({"others_compared": 0, "others_agree": 0})
    share = (columns["others_agree"] + 1) / (columns["others_compared"] + 1)
    chance = scipy.stats.binom.sf(columns["agree"] - 1, columns["compared"], share)
    columns = columns.assign(by_chance=chance, evidence="NEW_NOUGHTS")
    proven = holm(chance) & columns["agree"].eq(columns["compared"])
    found = new.merge(columns[proven], on=_COLUMN)
    return found.assign(reason="NEW_COLUMN", effect=KEEP_OUT)


def _noughts(all_cells: pd.DataFrame, areas: str, noughts: str) -> pd.DataFrame:
    """Return the numbers of areas and of noughts in each column, under these names."""
    marked = all_cells.assign(**{areas: 1, noughts: all_cells["upper"] == 0})
    return marked.groupby(_COLUMN, as_index=False)[[areas, noughts]].sum()


def _beside_a_figure(new: pd.DataFrame, all_cells: pd.DataFrame) -> pd.DataFrame:
    """Return the new noughts beside a nearest year of five or more, and their parts."""
    series = [name for name in CELL if name != "year"]
    years = all_cells[[*series, "year", "lower"]].rename(columns={"year": "near", "lower": "there"})
    beside = new.merge(years, on=series)
    beside = beside[beside["near"] != beside["year"]]
    distance = (beside["near"] - beside["year"]).abs()
    nearest = distance == distance.groupby([beside[name] for name in CELL]).transform("min")
    beside = beside[nearest & (beside["there"] >= SMALLEST)]
    whole = beside.assign(reason="NEW", effect=DOUBTFUL, evidence="YEAR_AT_LEAST")
    whole = whole.assign(other_year=whole["near"], least=whole["there"] // 1)
    told = whole[[*CELL, *_TOLD]]
    parts = (sums.parts_of(new, told[told[dropped] == "_T"], [dropped]) for dropped in PERSONS)
    return pd.concat([whole, *parts])


def _without_lists(all_cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of tables that have a row for each cell, whatever occurred."""
    return all_cells[~all_cells["dimension"].str.contains(LISTS)]


DETECTOR: Final = Detector(
    find=unreported_zero,
    stage=Stage.AREAS,
    effects=(KEEP_OUT, DOUBTFUL),
    no_answer=True,
    version=3,
    texts=Texts(
        name={
            "en": "The 0 here stands where the state did not report, and is no count",
            "es": "El 0 está aquí donde el Estado no informó y no es un recuento",
            "pt": "O 0 está aqui onde o Estado não informou e não é uma contagem",
            "fr": "Le 0 figure ici là où l’État n’a rien déclaré et n’est pas un décompte",
        },
        definition="NEW_COLUMN: five or more areas print the cell of an old year for the "
        "first time, and all print 0. NO_TOTAL: a table of noughts without a "
        "total. Status U: NEW, it is printed for the first time in an old "
        "year, beside a figure of five or more in the nearest year.",
        errata=[
            {
                "reason": "NEW_COLUMN",
                "section": "figures",
                "certainty": "certain",
                "title": "`0` printed for the first time in many states, and in all of them",
                "wrong": "This column of an old year was blank in the previous release. "
                "Five or more states print it now, all as `0`, whereas the "
                "others hardly print any nought. It stands for no report.",
                "check": "Compare with the previous release, and with the years beside it.",
            },
            {
                "reason": "NO_TOTAL",
                "section": "figures",
                "certainty": "likely",
                "title": "A table of noughts without a total",
                "wrong": "The state prints nothing but `0` in this table, and no total "
                "of the year. It seems to stand for no report.",
                "check": "Please say whether the state reported.",
            },
            {
                "reason": "NEW",
                "section": "figures",
                "certainty": "question",
                "title": "`0` printed for the first time, beside years with figures",
                "wrong": "The previous release left this cell of an old year blank. In "
                "the nearest year the state printed five or more.",
                "check": "Please say whether the state reported.",
            },
        ],
    ),
)
