"""From tidy to harmonised: stamp, mark known breaks, validate, and keep out what may not pass.

Rows in = published + quarantined + set aside, for each source and release; `row_account` holds it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import orjson
import pandas as pd
import pandera.errors
from pandera.errors import SchemaErrorReason

from pipelines import fingerprint
from pipelines.manifest import RawFile
from pipelines.sources import Publication, Tidy, refuse_short
from pipelines.sources._toolbox import PROBLEM_COLUMNS, problem_rows
from schemas.columns import per_category
from schemas.contract import CONTRACTS, Contract
from schemas.source import Source

FIGURE: Final = ("value", "upper")
FIGURE_AND_PERIOD: Final = (*FIGURE, "time_period")
EXACT_REPEAT: Final = "exact_repeat"
ROW_GROUP: Final = 122_880
"""Rows of a Parquet row group: DuckDB's own, so that it reads them in parallel."""


class ContractBrokenError(Exception):
    """A frame whose columns or types are not those of the contract: an error in a source module."""


@dataclass(frozen=True)
class Harmonised:
    """What a release gave.

    Attributes:
        rows: the rows that satisfy the contract, in the order of the file.
        quarantine: one row per row kept out and rule it broke (columns: source, release, locator,
            rule, column, found, message, row, and the columns of the cell; `row` is the published
            row as JSON; a code of the cell is missing where its label could not be read).
        account: what became of the rows (columns: source, release, outcome, reason, rows).
    """

    rows: pd.DataFrame
    quarantine: pd.DataFrame
    account: pd.DataFrame

    @property
    def rows_in(self) -> int:
        """How many rows the file has."""
        return int(self.account.loc[self.account["outcome"] == "in", "rows"].sum())


def harmonise(publication: Publication, release: str, path: Path) -> Harmonised:
    """Reads one release of a source and sorts its rows.

    Raises:
        FileRefusedError: the file is not what the source publishes.
        ContractBrokenError: the source module does not fill the contract's columns.
    """
    source = publication.source
    contract = CONTRACTS[source.contract]
    tidy = publication.tidy(path)
    rows = _mark_breaks(_stamp(tidy.rows, source, release, contract), source)

    set_aside = tidy.set_aside.astype(str).to_numpy()
    violations = _violations(rows[set_aside == ""], contract)
    problems = pd.concat([tidy.problems, violations]).drop_duplicates(["line", "rule", "message"])
    sound = rows.loc[_free(set_aside, problems), [*contract.cell, "value", "value_raw"]]
    if sound[list(contract.cell)].isna().any(axis=None):
        raise ContractBrokenError(f"{source.id}: tidy() gives no code and names no problem")
    repeated, conflicts = _repeats(sound, tidy.raw, contract)
    set_aside[repeated] = EXACT_REPEAT
    problems = pd.concat([problems, conflicts, _years_as_figures(sound, contract)])

    problems = problems[set_aside[problems["line"].to_numpy(dtype=int)] == ""]
    published = rows[_free(set_aside, problems)].reset_index(drop=True)
    return Harmonised(
        published,
        _quarantine(problems, tidy, rows, contract),
        _account(source.id, release, set_aside, problems),
    )


def refresh(publication: Publication, entry: RawFile, folder: Path) -> bool:
    """Harmonises a release of the manifest into its files, unless they were made from the same.

    Returns whether there was anything to do.

    Raises:
        FileRefusedError, ContractBrokenError: as `harmonise`, or the file is too short.
    """
    targets = files(folder, entry.source, entry.release)
    stamp, made_from = targets[0].with_name("fingerprint"), fingerprint.of_release(entry)
    if fingerprint.is_on(stamp, made_from) and all(target.is_file() for target in targets):
        return False
    harmonised = harmonise(publication, entry.release, entry.path)
    refuse_short(entry.path, harmonised.rows_in, publication.source)
    store(harmonised, targets)
    fingerprint.put_on(stamp, made_from)
    return True


def files(folder: Path, source: str, release: str) -> tuple[Path, Path, Path]:
    """Where the rows, the quarantine and the account of a release are kept."""
    below = folder / source / release
    return below / "rows.parquet", below / "quarantine.parquet", below / "row_account.parquet"


def store(harmonised: Harmonised, targets: tuple[Path, Path, Path]) -> None:
    """Writes the Parquet files of a release, each whole or not at all."""
    frames = (harmonised.rows, harmonised.quarantine, harmonised.account)
    for frame, path in zip(frames, targets, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".new")
        frame.to_parquet(aside, compression="zstd", index=False, row_group_size=ROW_GROUP)
        aside.replace(path)


def contract_errors(rows: pd.DataFrame, contract: str) -> list[str]:
    """What is wrong with rows that should satisfy a contract, a line each."""
    try:
        CONTRACTS[contract].schema.validate(rows, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return [str(error).splitlines()[0] for error in errors.schema_errors]
    return []


def adds_up(account: pd.DataFrame) -> bool:
    """Whether rows in = published + quarantined + set aside."""
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
    """Adds status B, and the reason's code as comment, where the source's series break."""
    for known in source.known_breaks:
        here = (
            ((known.ref_area is None) | (rows["ref_area"] == known.ref_area))
            & (rows["indicator"] == known.indicator)
            & (rows["time_period"] == known.time_period)
        )
        status = rows.loc[here, "obs_status"].astype(str).map(_with_break)
        reason = pd.Series(known.reason, index=status.index)
        rows = rows.assign(
            obs_status=_replaced(rows["obs_status"], status),
            comment=_replaced(rows["comment"], reason),
        )
    return rows


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
    """Whether each row is still neither set aside nor under a rule."""
    free = set_aside == ""
    free[problems["line"].to_numpy(dtype=int)] = False
    return free


def _violations(rows: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The rows that break a rule of the contract, as problems.

    A row with a label that could not be read is asked about its figure and its period only.
    """
    unread = rows[list(contract.cell)].isna().any(axis=1)
    complete = rows.assign(
        **{name: rows[name].fillna(rows[name].cat.categories[0]) for name in contract.cell}
    )
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


def _repeats(
    rows: pd.DataFrame, raw: pd.DataFrame, contract: Contract
) -> tuple[np.ndarray, pd.DataFrame]:
    """Rows whose key occurs more than once.

    Returns the lines that repeat an earlier row to the letter, and as problems (S5) all lines of
    keys under which the publisher printed different rows. Hashes find the candidates, an exact
    comparison decides.
    """
    keys = rows[list(contract.cell)]
    codes = pd.DataFrame({name: keys[name].cat.codes for name in keys})
    hashed = pd.util.hash_pandas_object(codes, index=False)
    suspects = rows[hashed.duplicated(keep=False).to_numpy()]
    cells = _joined(suspects[list(contract.cell)], ".")
    printed = _joined(raw.loc[suspects.index].drop(columns="row"), "\x1f")
    texts = printed.groupby(cells).transform("nunique")
    size = printed.groupby(cells).transform("size")
    again = (size > 1) & (texts == 1) & cells.duplicated()
    conflict = suspects.loc[texts > 1, "value_raw"].astype(str)
    message = "several different rows fall on one cell"
    line = conflict.index.to_numpy()
    problems = problem_rows(line, "S5", "value_raw", conflict, message)
    return suspects.index[again].to_numpy(), problems


def _joined(frame: pd.DataFrame, sign: str) -> pd.Series:
    """The texts of each row joined by a sign; missing where one of them is."""
    first, *others = (frame[name].astype("str") for name in frame)
    return first.str.cat(others, sep=sign)


def _years_as_figures(rows: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """V6: a series that prints the year itself as its figure, in more than one year."""
    year = per_category(rows["time_period"], _year, np.float64)
    suspects = rows[rows["value"].to_numpy() == year]
    suspects = suspects[~suspects.duplicated(list(contract.cell))]
    series = suspects[[name for name in contract.cell if name != "time_period"]].astype(str)
    repeated = suspects.loc[series.duplicated(keep=False), "value_raw"].astype(str)
    message = "the figure is the year itself, in more than one year of the series"
    return problem_rows(repeated.index.to_numpy(), "V6", "value_raw", repeated, message)


def _year(period: str) -> float:
    """The year of a period, no number if it names none."""
    return float(period[:4]) if period[:4].isdecimal() else np.nan


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
            **{name: problems[name].astype(str).to_numpy() for name in PROBLEM_COLUMNS[1:]},
            **{name: kept_out[name].astype("str").to_numpy() for name in contract.cell},
            "row": [orjson.dumps(row).decode() for row in printed],
        },
        dtype="str",
    )
    return frame.iloc[np.argsort(line, kind="stable")].reset_index(drop=True)


def _account(
    source: str, release: str, set_aside: np.ndarray, problems: pd.DataFrame
) -> pd.DataFrame:
    """One row per outcome and reason; a row that breaks several rules counts under the first."""
    first = problems.drop_duplicates("line")["rule"].value_counts().sort_index()
    filters = pd.Series(set_aside[set_aside != ""], dtype="str").value_counts().sort_index()
    published = len(set_aside) - int(first.sum()) - int(filters.sum())
    entries = [("in", "", len(set_aside)), ("published", "", published)]
    entries += [("quarantined", rule, rows) for rule, rows in first.items()]
    entries += [("set_aside", name, rows) for name, rows in filters.items()]
    return pd.DataFrame(
        [(source, release, *entry) for entry in entries],
        columns=["source", "release", "outcome", "reason", "rows"],
    )
