"""A release as printed, and its defects: a line for each printed figure and each of its defects.

Which figures have which defect, and what it is about, say the errata of the harmonised release;
here each line gets its explanation and its treatment.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pipelines.harmonised.errata import ADDED_UP, LABEL, ONE_ROW
from pipelines.harmonised.harmonise import Harmonised
from pipelines.intake.detectors import PLACE, figures_of
from pipelines.intake.detectors.figures import placed
from pipelines.raw import corrections, findings
from pipelines.raw.corrections import DOUBTFUL, REPLACE, VALUE, Correction
from pipelines.raw.findings import KEEP_OUT, LIST
from pipelines.raw.manifest import RawFile
from pipelines.reader.text_tables import COLUMN, ROW, ROWS
from pipelines.sources import Publication, Tidy
from schemas import codelists, rules
from schemas.observation import CELL

BY_RULE: Final = "BY_RULE"
WRONG_CODE: Final = "WRONG_CODE"
UNKNOWN: Final = "UNKNOWN"
"""Treatment of a figure that is known to be wrong, where no right one is known."""
EFFECTS: Final = (BY_RULE, REPLACE, KEEP_OUT, WRONG_CODE, DOUBTFUL, ADDED_UP, LABEL, LIST)
"""Treatments of a figure, the strongest first."""
DOUBTFUL_SUM: Final = "DOUBTFUL_SUM"
"""Treatment of rows whose sum is a doubtful figure."""
SUMS: Final = ("SUM_OF_AGES", "SUM_OF_FORMS")
"""Flags of a figure that is the sum of rows with the same labels."""
SAME_LABELS: Final = "SAME_LABELS"
ONE_CELL: Final = "ONE_CELL"

_COLUMNS: Final = [
    "place", "about", "code", "reason", "effect", "finding", "note", "new", "id", "group", "label",
]  # fmt: skip
_OF_NUMBER: Final = frozenset(
    rules.id_of(name)
    for name in (
        "figure_has_one_reading",
        "status_fits_the_value",
        "suppressed_figure_has_bounds",
        "value_is_possible",
        "no_stand_in_for_no_answer",
        "period_is_over_and_not_before_1990",
    )
)
"""Rules about the number or the period of a single row."""
_BROKEN_LABEL: Final = "labels_are_readable"
_UNKNOWN_PERIOD: Final = "period_is_well_formed"
"""Rule that a period breaks whose form our reader does not know: no error of the publisher."""


class Printed(NamedTuple):
    """The figures of a release, uncorrected, one row for each in both frames."""

    # file, sheet, row, column, locator, printed, flags, set_aside, the codes of the cell; and the
    # columns that detectors compare: kind, year, cell, and value, which is missing where
    # several rows are added up
    places: pd.DataFrame
    labels: pd.DataFrame  # the publisher's own columns
    names: list[str]  # the columns of `labels` that hold no figures


class Defects(NamedTuple):
    """A release as printed, with its defects."""

    printed: Printed
    # place (row of `printed`), about (see `harmonised.errata`), code and reason (of the defect),
    # effect, finding (of a detector), note (explanation), new (replacement), id (of a correction),
    # group (number of a cell that several rows share), label (column of a wrong label), done
    # (treatment of the figure: the strongest effect of all its lines)
    lines: pd.DataFrame


def defects_of(
    publication: Publication, entries: Sequence[RawFile], made: Harmonised
) -> Defects | None:
    """Return the defects of a release, which was harmonised; None if it has none."""
    if made.errata.empty:
        return None
    printed = _printed(publication, entries)
    where = printed.places.reset_index(names="place")[["place", "file", *PLACE, "locator"]]
    errata = made.errata.astype({name: where[name].dtype for name in PLACE})
    errata = errata.merge(where, on=["file", *PLACE], validate="m:1")
    parts = [
        _found(errata, entries),
        _kept_out(errata, printed, made.quarantine, is_typed=publication.source.typed),
        _added_up(errata, printed.places),
        _corrected(errata, corrections.entries(publication.source.id, entries[0].release)),
    ]
    lines = (
        pd.concat(parts)[_COLUMNS].astype("object").fillna("").sort_values("place", kind="stable")
    )
    if lines.empty:
        return None
    return Defects(printed, _with_outcome(lines))


def _printed(publication: Publication, entries: Sequence[RawFile]) -> Printed:
    """Return the figures that the files of a release print, before any correction."""
    files = [(entry, publication.entered(entry)) for entry in entries]
    labels = [tidy.raw.drop(columns=[ROW, ROWS, COLUMN], errors="ignore") for _, tidy in files]
    figures = {tidy.figure for _, tidy in files}
    names = dict.fromkeys(name for frame in labels for name in frame)
    return Printed(
        pd.concat([_places(*file) for file in files], ignore_index=True),
        pd.concat([frame.astype("str") for frame in labels], ignore_index=True).fillna(""),
        [name for name in names if name not in figures],
    )


def _places(entry: RawFile, tidy: Tidy) -> pd.DataFrame:
    rows = tidy.rows
    frame = rows[list(CELL)].astype("str").assign(
        file=entry.publisher_file,
        sheet=tidy.layout.sheet or "",
        locator=rows["locator"].astype("str"),
        printed=tidy.raw[tidy.figure].astype("str"),
        flags=rows["flags"].astype("str"),
        set_aside=tidy.set_aside.astype("str"),
    )  # fmt: skip
    frame[ROW] = tidy.raw[ROW]
    frame[COLUMN] = tidy.places[COLUMN]
    compared = placed(figures_of(tidy))[[*PLACE, "kind", "year", "cell", "value"]]
    several = rows["value_raw"].astype("str") != frame["printed"]
    whole = frame.merge(compared, "left", PLACE, validate="1:1")
    return whole.assign(value=whole["value"].mask(several.to_numpy()))


def _found(errata: pd.DataFrame, entries: Sequence[RawFile]) -> pd.DataFrame:
    """Return the findings of the detectors."""
    found = [
        (entry.publisher_file, int(each.row), each.column, each.detector, each.reason,
         each.effect, each)
        for entry in entries
        for each in findings.read_findings(entry)
    ]  # fmt: skip
    place = ["file", *PLACE, "code"]
    frame = pd.DataFrame(found, columns=[*place, "reason", "effect", "finding"])
    return frame.merge(errata[[*place, "place", "about"]], validate="m:1").reindex(columns=_COLUMNS)


def _kept_out(
    errata: pd.DataFrame, printed: Printed, quarantine: pd.DataFrame, *, is_typed: bool
) -> pd.DataFrame:
    """Return the rows that break a rule for which the publisher can do something.

    Rows of one cell have SAME_LABELS for a code if they have one set of labels, else ONE_CELL.
    """
    ours = [_UNKNOWN_PERIOD, *([_BROKEN_LABEL] if is_typed else [])]
    rules_broken = errata[["place", "about", "locator", "code"]].rename(columns={"code": "rule"})
    others = quarantine[~quarantine["rule"].isin([*codelists.codes("remark"), *ours])]
    lines = others.merge(rules_broken, on=["locator", "rule"], validate="m:1")
    cells = lines[list(CELL)].fillna("?").groupby(list(CELL), sort=False).ngroup()
    repeated = (lines["rule"] == ONE_ROW) & (lines["correction"] == "")
    lines["group"] = cells.where(repeated)
    labels = printed.labels.loc[lines["place"], printed.names].set_axis(lines.index)
    differ = labels.groupby(printed.names).ngroup().groupby(lines["group"]).transform("nunique") > 1
    kind = differ.map({True: ONE_CELL, False: SAME_LABELS})
    is_label = lines["about"] == LABEL
    why = lines["why_not"].where(repeated, lines["message"])
    return lines.assign(
        code=lines["rule_id"].where(~repeated, kind),
        effect=BY_RULE,
        label=lines["column"].where(is_label),
        note=why.mask(is_label),
    ).reindex(columns=_COLUMNS)


def _added_up(errata: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the same labels whose sum is published; the first has the flag."""
    flags = places["flags"].str.split(";").explode()
    rule = flags[flags.isin(SUMS)].reindex(places.index)
    sums = pd.DataFrame({"code": rule.ffill(), "group": rule.notna().cumsum()})
    lines = errata.loc[errata["code"] == ADDED_UP, ["place", "about"]]
    return lines.join(sums, on="place").assign(effect=ADDED_UP).reindex(columns=_COLUMNS)


def _corrected(errata: pd.DataFrame, known: Sequence[Correction]) -> pd.DataFrame:
    """Return the figures that are corrected or doubtful by a line of the corrections."""
    found = []
    for each in known:
        code = "DOUBT" if each.effect == DOUBTFUL else REPLACE
        if each.is_of_label:
            code = LABEL
        elif each.column != VALUE:
            code = WRONG_CODE
        effect = each.effect if code in ("DOUBT", REPLACE) else code
        label = each.column if code == LABEL else ""
        found.append((each.id, code, effect, each.reason, each.new, label))
    lines = pd.DataFrame(found, columns=["id", "code", "effect", "note", "new", "label"])
    here = errata.rename(columns={"code": "id"})[["place", "about", "id"]]
    return lines.merge(here, on="id").reindex(columns=_COLUMNS)


def _with_outcome(lines: pd.DataFrame) -> pd.DataFrame:
    """Add done, the treatment of each figure: the strongest effect of all its lines.

    Rows that are added up share a treatment. A rule's line about a number is left out if a detector
    knows the number to be false.
    """
    strength = lines["effect"].map(EFFECTS.index).groupby(lines["place"]).min()
    sums = lines[lines["effect"] == ADDED_UP].set_index("place")["group"]
    strength.update(strength[sums.index].groupby(sums).transform("min"))
    done = lines["place"].map(strength).map(dict(enumerate(EFFECTS)))
    unknown = lines.loc[(lines["effect"] == REPLACE) & (lines["new"] == ""), "place"]
    lost = sums.index[sums.isin(sums[sums.index.isin(unknown)])]  # rows of an unknown sum
    done = done.mask(lines["place"].isin(unknown) & (done == REPLACE), UNKNOWN)
    is_sum = lines["place"].isin(sums.index) & (done == DOUBTFUL)
    is_number = lines["code"].isin(_OF_NUMBER) & (lines["effect"] == BY_RULE)
    false = lines.loc[lines["effect"] == KEEP_OUT, "place"]
    known = is_number & lines["place"].isin(false)
    known |= (lines["effect"] == ADDED_UP) & lines["place"].isin(lost)
    lines = lines.assign(done=done.mask(is_sum, DOUBTFUL_SUM))
    return lines[~known].reset_index(drop=True)
