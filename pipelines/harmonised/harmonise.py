"""From tidy to harmonised: stamp, mark known breaks, validate, and keep out what may not pass.

Rows in = published + quarantined + set aside, for each source and release; `row_account` holds it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import orjson
import pandas as pd
import pandera.errors
from pandera.errors import SchemaErrorReason

from pipelines.harmonised import apply_findings, duplicates
from pipelines.raw.corrections import CorrectionError
from pipelines.reader.coded_columns import remarked
from pipelines.reader.rows import OTHER_LINES, PROBLEM_COLUMNS, SUMMED, problem_rows
from pipelines.reader.text_tables import ROW, ROWS
from pipelines.sources import File, Publication, Tidy, too_short
from schemas import codelists, rules
from schemas.columns import per_category
from schemas.contract import CONTRACTS, Contract
from schemas.source import Source

FIGURE: Final = ("value", "upper")
FIGURE_AND_PERIOD: Final = (*FIGURE, "time_period")
EXACT_REPEAT: Final = "exact_repeat"
ACCOUNT: Final = ["source", "release", "outcome", "reason", "rows"]
"""The columns of an account."""


class ContractBrokenError(Exception):
    """A frame whose columns or types are not those of the contract: an error in a source module."""


@dataclass(frozen=True)
class Harmonised:
    """Result of harmonising a release.

    Attributes:
        rows: the rows that satisfy the contract, in the order of the file.
        quarantine: one row per row kept out and rule it broke (columns: source, release, locator,
            rule, rule_id, column, found, message, row, and those of the cell; `row` is the row as
            published, as JSON; a code of the cell is missing where its label could not be read).
        account: what became of the rows (columns: source, release, outcome, reason, rows).
        too_short: why a file is no whole release, in a line; "" if it may be one.
        corrected: the ids of the corrections that were made.
    """

    rows: pd.DataFrame
    quarantine: pd.DataFrame
    account: pd.DataFrame
    too_short: str = ""
    corrected: frozenset[str] = frozenset()


def harmonise(publication: Publication, release: str, *files: File) -> Harmonised:
    """Reads one release of a source, which has a file for each of its tables, and sorts its rows.

    Raises:
        FileRefusedError: a file is not what the source publishes.
        CorrectionError: a correction does not find what it corrects.
        ContractBrokenError: the source module does not fill the contract's columns, or two files
            give the same cell.
    """
    contract = CONTRACTS[publication.source.contract]
    parts = [_harmonise_file(publication, release, file, contract) for file in files]
    corrected = frozenset().union(*(part.corrected for part in parts))
    for correction in (each for file in files for each in file.corrections):
        if correction.id not in corrected:
            raise CorrectionError(
                f"correction {correction.id}: '{correction.old}' stands in 0 rows of "
                f"'{correction.column}', not in {correction.rows}; the publisher may have mended "
                "it: read the file again and mend or remove the line in data/corrections.csv"
            )
    if len(parts) == 1:
        return parts[0]
    rows = _stacked([part.rows for part in parts])
    if (twice := rows.duplicated(list(contract.key))).any():
        where = rows.loc[twice, "locator"].iloc[0]
        raise ContractBrokenError(
            f"{publication.source.id}: {where} is a cell that another file of {release} gives too; "
            "if one file was entered twice, remove one of the two with its line in the manifest"
        )
    account = pd.concat([part.account for part in parts])
    summed = account.groupby(ACCOUNT[:-1], sort=False, as_index=False)["rows"].sum()
    return Harmonised(
        rows,
        pd.concat([part.quarantine for part in parts], ignore_index=True),
        summed[ACCOUNT],
        "; ".join(filter(None, (part.too_short for part in parts))),
        corrected,
    )


def _harmonise_file(
    publication: Publication, release: str, file: File, contract: Contract
) -> Harmonised:
    source = publication.source
    tidy = apply_findings.judge(publication.tidy(file), file.findings)
    _refuse_persons(source, tidy)
    rows = _mark_breaks(_stamp(tidy.rows, source, release, contract), source)

    set_aside = tidy.set_aside.astype(str).to_numpy()
    violations = _violations(rows[set_aside == ""], contract)
    problems = pd.concat([tidy.problems, violations]).drop_duplicates(["line", "rule", "message"])
    sound = rows.loc[_free(set_aside, problems), [*contract.cell, "value", "value_raw"]]
    if sound[list(contract.cell)].isna().any(axis=None):
        raise ContractBrokenError(f"{source.id}: tidy() gives no code and names no problem")
    repeated, conflicting = duplicates.repeats(sound, tidy.raw, contract)
    set_aside[repeated] = EXACT_REPEAT
    problems = pd.concat([problems, conflicting])

    problems = problems[set_aside[problems["line"].to_numpy(dtype=int)] == ""]
    published = rows[_free(set_aside, problems)].reset_index(drop=True)
    return Harmonised(
        published,
        _quarantine(problems, tidy, rows, contract),
        _account(source.id, release, set_aside, problems, tidy),
        too_short(file.path, len(tidy.table), tidy.layout, source),
        tidy.corrected,
    )


def _refuse_persons(source: Source, tidy: Tidy) -> None:
    """Of a file that describes persons nothing but counts may go any further."""
    columns = {*tidy.raw, *tidy.table} - {ROW, ROWS}
    if source.person_level and not columns <= set(tidy.layout.shipped):
        raise ContractBrokenError(f"{source.id}: tidy() keeps rows of persons; count them first")


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Frames of the same columns below each other; categories stay categories."""
    return pd.DataFrame(
        {
            name: pd.api.types.union_categoricals([frame[name] for frame in frames])
            if isinstance(column.dtype, pd.CategoricalDtype)
            else np.concatenate([frame[name].to_numpy() for frame in frames])
            for name, column in frames[0].items()
        }
    )


def contract_errors(rows: pd.DataFrame, contract: str) -> list[str]:
    """Return the ways in which rows break a contract, a line each."""
    try:
        CONTRACTS[contract].schema.validate(rows, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return [str(error).splitlines()[0] for error in errors.schema_errors]
    return []


def adds_up(account: pd.DataFrame) -> bool:
    """Return whether rows in = published + quarantined + set aside."""
    rows, incoming = account["rows"], account["outcome"] == "in"
    return bool(rows[incoming].sum() == rows[~incoming].sum())


def _stamp(rows: pd.DataFrame, source: Source, release: str, contract: Contract) -> pd.DataFrame:
    constant = {"source": source.id, "release": release}
    stamped = rows.assign(
        **{name: pd.Categorical.from_codes(np.zeros(len(rows), dtype=np.int8), [text])
           for name, text in constant.items()}
    )  # fmt: skip
    missing = [name for name in contract.schema.columns if name not in stamped]
    if missing:
        raise ContractBrokenError(f"{source.id}: tidy() gives no {', '.join(missing)}")
    return stamped[list(contract.schema.columns)]


def _mark_breaks(rows: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Adds status B, and to the comment the reason's code, where the source's series break."""
    for known in source.known_breaks:
        here = (
            _is_of(rows["ref_area"], known.ref_area)
            & (rows["indicator"] == known.indicator)
            & (rows["time_period"] == known.time_period)
        )
        status = rows.loc[here, "obs_status"].astype(str).map(_with_break)
        rows = rows.assign(
            obs_status=_replaced(rows["obs_status"], status),
            comment=remarked(rows["comment"].array, [(here, known.reason)]),
        )
    return rows


def _is_of(areas: pd.Series, state: str | None) -> np.ndarray:
    """Return whether each area is a state or a part of it; None is every state."""
    return per_category(areas, lambda area: state in (None, codelists.state_of(area)))


def _with_break(status: str) -> str:
    """The codes of a status and B; A, normal, goes."""
    return ";".join([*(code for code in status.split(";") if code != "A"), "B"])


def _replaced(column: pd.Series, texts: pd.Series) -> pd.Series:
    """A categorical column with other texts in the rows that `texts` has."""
    new = [text for text in texts.unique() if text not in column.cat.categories]
    wider = column.cat.add_categories(new)
    wider[texts.index] = texts
    return wider


def _free(set_aside: np.ndarray, problems: pd.DataFrame) -> np.ndarray:
    """Return whether each row is still neither set aside nor under a rule."""
    free = set_aside == ""
    free[problems["line"].to_numpy(dtype=int)] = False
    return free


def _violations(rows: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The rows that break a rule of the contract, as problems.

    A row with a label that could not be read is asked about its figure and its period only.
    """
    unread = rows[list(contract.cell)].isna().any(axis=1)
    complete = rows.assign(**{name: _without_gaps(rows[name]) for name in contract.cell})
    found = [pd.DataFrame(columns=list(PROBLEM_COLUMNS))]
    try:
        contract.schema.validate(complete, lazy=True, inplace=True)
    except pandera.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            if error.reason_code != SchemaErrorReason.DATAFRAME_CHECK:
                raise ContractBrokenError(str(error).splitlines()[0]) from errors
            column = error.check.statistics["column"]
            asked = ~unread | (column in FIGURE_AND_PERIOD)
            shown = "value_raw" if column in FIGURE else column
            broken = rows.loc[~error.check_output & asked, shown].astype(str)
            rule, message = error.check.name, error.check.error
            found.append(problem_rows(broken.index.to_numpy(), rule, column, broken, message))
    return pd.concat(found)


def _without_gaps(column: pd.Series) -> pd.Series:
    """A column of codes in which some code stands where one could not be read."""
    if column.cat.categories.empty:
        return column.cat.add_categories("").fillna("")
    return column.fillna(column.cat.categories[0])


def _quarantine(
    problems: pd.DataFrame, tidy: Tidy, rows: pd.DataFrame, contract: Contract
) -> pd.DataFrame:
    line = problems["line"].to_numpy(dtype=int)
    kept_out = rows.loc[line]
    printed = tidy.raw.loc[line].to_dict(orient="records")
    frame = pd.DataFrame(
        {
            "source": kept_out["source"].astype(str).to_numpy(),
            "release": kept_out["release"].astype(str).to_numpy(),
            "locator": kept_out["locator"].to_numpy(),
            "rule": problems["rule"].astype(str).to_numpy(),
            "rule_id": problems["rule"].astype(str).map(rules.id_of).to_numpy(),
            **{name: problems[name].astype(str).to_numpy() for name in PROBLEM_COLUMNS[2:]},
            **{name: kept_out[name].astype("str").to_numpy() for name in contract.cell},
            "row": [orjson.dumps(row).decode() for row in printed],
        },
        dtype="str",
    )
    return frame.iloc[np.argsort(line, kind="stable")].reset_index(drop=True)


def _account(
    source: str, release: str, set_aside: np.ndarray, problems: pd.DataFrame, tidy: Tidy
) -> pd.DataFrame:
    """One row per outcome and reason; a row that breaks several rules counts under the first.

    A sum counts as one published row, and as many rows summed as it has more; lines of a file of
    all offences that are not about trafficking count too.
    """
    weight = tidy.raw.get(ROWS, pd.Series(1, index=tidy.raw.index))
    rule = pd.Series("", index=tidy.raw.index)
    first = problems.drop_duplicates("line")
    rule[first["line"].to_numpy(dtype=int)] = first["rule"].to_numpy(dtype=object)
    published = ((rule == "") & (set_aside == "")).to_numpy()
    rules = weight[(rule != "").to_numpy()].groupby(rule).sum()
    filters = weight[set_aside != ""].groupby(set_aside[set_aside != ""]).sum().to_dict()
    summed = filters.get(SUMMED, 0) + int((weight[published] - 1).sum())
    filters |= {SUMMED: summed, OTHER_LINES: tidy.other_lines}
    entries = [("in", "", int(weight.sum()) + tidy.other_lines)]
    entries += [("published", "", int(published.sum()))]
    entries += [("quarantined", name, rows) for name, rows in rules.items()]
    entries += [("set_aside", name, rows) for name, rows in sorted(filters.items()) if rows]
    return pd.DataFrame([(source, release, *entry) for entry in entries], columns=ACCOUNT)
