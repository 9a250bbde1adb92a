"""REFUTED_ZERO: a `0` that other figures refute.

It is doubtful. The column `reason` of `finding` names what speaks against it, the strongest reason
first:

    PARTS_MORE     its own sexes or ages are more, or it is a total and one form or citizenship is
    TOTAL_REFUTED  all sexes, all ages or both of a total that a form or citizenship refutes so
    ALL_PARTS      all sexes, all ages or both of an exact figure of five or more; women and men,
                   children and adults, or these by sex are among them
    WITHDRAWN      the previous release printed five or more

Where persons of unknown sex or age are printed, or the sexes by age are more, all sexes or all ages
can be `0`. ALL_PARTS and WITHDRAWN are no doubt of a nought whose kind of figures, all exact, adds
up to the total. An indicator of which the file prints no total is not judged. Noughts that stand
where nothing was reported are found by UNREPORTED_ZERO.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors import sums
from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import PERSONS, SMALLEST
from pipelines.intake.detectors.sums import CELL, LEVELS, TABLE
from pipelines.raw.findings import DOUBTFUL

_TOLD: Final = ["evidence", "other_kind", "least"]


def refuted_zero(release: Release) -> pd.DataFrame:
    """Return findings about noughts that other figures refute."""
    figures, added = sums.totalled(release.figures), release.added
    all_cells = sums.cells(figures)
    zeros = all_cells[all_cells["upper"] == 0]
    parts_more = _parts_more(zeros, all_cells, added)
    # Sums of noughts only, unless others of the cell's persons are counted.
    unknown = (all_cells[list(PERSONS)] == "_U").any(axis=1) & (all_cells["upper"] > 0)
    finer = (added["by"] == LEVELS[PERSONS]) & (added["parts_upper"] > 0)
    empty = sums.without(added[added["parts_upper"] == 0], added[finer], CELL)
    empty = sums.without(empty, all_cells[unknown], [*TABLE, "part"])
    refuted = parts_more[~parts_more["by"].isin(LEVELS.values())].drop_duplicates(CELL)
    divided = empty[[*CELL, "by"]].merge(refuted[[*CELL, *_TOLD]], on=CELL)
    of_refuted_totals = _parts_of(zeros, divided).assign(reason="TOTAL_REFUTED")
    # Kinds of figures that add up to the total, and all are exact: then another figure is false.
    exact = added["parts_lower"].eq(added["upper"]) & added["parts_upper"].eq(added["lower"])
    confirmed = added.loc[exact & (added["kind"] == "total"), [*TABLE, "finer"]]
    confirmed = confirmed.rename(columns={"finer": "kind"})
    all_parts = sums.without(_all_parts(zeros, empty), confirmed, [*TABLE, "kind"])
    found = [parts_more, of_refuted_totals, all_parts]
    if release.before is not None:
        was = release.before.loc[release.before["single"], [*CELL, "value"]]
        changed = zeros.merge(was, on=CELL)
        changed = changed.assign(reason="WITHDRAWN", evidence="WAS_AT_LEAST", least=SMALLEST)
        found.append(sums.without(changed, confirmed, [*TABLE, "kind"]))
    return sums.findings_of_cells(figures, [each.assign(effect=DOUBTFUL) for each in found])


def _parts_more(zeros: pd.DataFrame, all_cells: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return the noughts whose sexes, ages, forms or citizenships are more, those of most first."""
    parts = zeros.merge(added[[*CELL, "by", "parts_lower"]], on=CELL)
    listed = all_cells[all_cells["kind"] == all_cells["dimension"]]
    listed = listed.loc[listed["kind"] != "total", [*TABLE, "kind", "lower"]]
    listed = listed.rename(columns={"kind": "by", "lower": "parts_lower"})
    parts = pd.concat([parts, zeros[zeros["kind"] == "total"].merge(listed, on=TABLE)])
    parts = parts[parts["parts_lower"] > 0].sort_values("parts_lower", ascending=False)
    other = {"other_kind": parts["by"], "least": parts["parts_lower"] // 1}
    return parts.assign(reason="PARTS_MORE", evidence="PARTS_AT_LEAST", **other)


def _all_parts(zeros: pd.DataFrame, empty: pd.DataFrame) -> pd.DataFrame:
    """Return the noughts that are all the parts of an exact figure of five or more."""
    exact = empty["lower"].eq(empty["upper"]) & (empty["lower"] >= SMALLEST)
    empty = empty[exact & empty["whole"]]
    other = {"other_kind": empty["by"], "least": empty["lower"], "most": empty["upper"]}
    divided = empty[[*CELL, "by"]].assign(evidence="NO_PART", **other)
    return _parts_of(zeros, divided).assign(reason="ALL_PARTS")


def _parts_of(zeros: pd.DataFrame, divided: pd.DataFrame) -> pd.DataFrame:
    """Return the noughts that are parts of cells, with the evidence about these.

    `divided` are the cells, each with the dimensions of its parts (`by`).
    """
    return pd.concat(
        sums.parts_of(zeros, divided[divided["by"] == by].drop(columns="by"), dropped)
        for dropped, by in LEVELS.items()
    )


DETECTOR: Final = Detector(
    find=refuted_zero,
    stage=Stage.AREAS,
    effects=(DOUBTFUL,),
    version=3,
    texts=Texts(
        name={
            "en": "The 0 here contradicts other figures",
            "es": "El 0 contradice aquí otras cifras",
            "pt": "O 0 contradiz aqui outros números",
            "fr": "Le 0 contredit ici d’autres chiffres",
        },
        definition="PARTS_MORE: its own sexes or ages are more, or one form or "
        "citizenship of a total is. TOTAL_REFUTED: a sex or age of such a "
        "total, where all others are 0 too. ALL_PARTS: all sexes, all ages or "
        "both of an exact figure of five or more are 0. WITHDRAWN: the release "
        "before printed five or more, and no exact sum confirms 0.",
        errata=[
            {
                "reason": "PARTS_MORE",
                "section": "figures",
                "certainty": "certain",
                "title": "`0` where its own parts are more",
                "wrong": "Rows of the same cell by sex, age, form or citizenship come "
                "to more than `0`.",
                "check": "Add up its rows by sex, age, form or citizenship.",
            },
            {
                "reason": "TOTAL_REFUTED",
                "section": "figures",
                "certainty": "likely",
                "title": "`0` for all sexes or ages, where a form or citizenship has more",
                "wrong": "The total and its parts by sex or age are all `0`, but one "
                "form or citizenship alone is more.",
                "check": "Compare with the rows by form and citizenship.",
            },
            {
                "reason": "ALL_PARTS",
                "section": "figures",
                "certainty": "likely",
                "title": "`0` for all sexes or ages of a figure of five or more",
                "wrong": "The state prints five or more, but `0` for every sex or age "
                "of it. These parts seem to stand for no report.",
                "check": "Please say whether the state reported sexes and ages.",
            },
            {
                "reason": "WITHDRAWN",
                "section": "figures",
                "certainty": "likely",
                "title": "`0` in place of a figure of the previous release",
                "wrong": "The previous release printed five or more here. No sum "
                "confirms that it is `0` now. A figure that was withdrawn is "
                "better left blank.",
                "check": "Compare with the previous release.",
            },
        ],
    ),
)
