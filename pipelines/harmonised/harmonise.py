"""Turn tidy rows into harmonised ones: stamp them, mark breaks, validate, quarantine."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import orjson
import pandas as pd

from pipelines.harmonised import apply_findings, errata, row_account
from pipelines.harmonised.contract_check import ContractBrokenError, repeats, violations
from pipelines.raw import corrections
from pipelines.reader.coded_columns import constant, marked
from pipelines.reader.text_tables import ROW, ROWS
from pipelines.reader.tidy import PROBLEM_COLUMNS
from pipelines.sources import File, Publication, Tidy, too_short
from schemas import codelists, rules
from schemas.columns import per_category
from schemas.contract import CONTRACTS, Contract
from schemas.observation import CELL
from schemas.source import Source

EXACT_REPEAT: Final = "exact_repeat"
"""Name under which the account counts rows that repeat an earlier row exactly."""


@dataclass(frozen=True)
class Harmonised:
    """Result of harmonising a release."""

    rows: pd.DataFrame  # the rows that satisfy the contract, in the order of the file
    # one row per quarantined row and rule that it broke (columns: source, release, locator, rule,
    # rule_id, column, found, message, correction, why_not, lower, upper, row, and the cell's codes
    # as far as cells of observations have them; `row` is the publisher's row as JSON; a code of the
    # cell is missing where its label could not be read)
    quarantine: pd.DataFrame
    account: pd.DataFrame  # outcomes of the rows (columns: source, release, outcome, reason, rows)
    too_short: str = ""  # why a file is not a whole release, on one line; "" if it may be one
    corrected: frozenset[str] = frozenset()  # the ids of the corrections that fit
    added: tuple[str, ...] = ()  # the publisher's columns that no layout has; they were not read
    is_partial: bool = False  # whether its tables have only a part of the publication's figures
    # one row per printed figure and defect, with the columns `errata.COLUMNS`
    errata: pd.DataFrame = field(default_factory=errata.none)
    # cells of the rows that a named filter set aside; a code that could not be read is missing
    set_aside: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def nothing_published(self) -> str:
        """Reason to refuse a release of which no row can be published; "" if one can."""
        return "" if len(self.rows) else "not one of its rows can be published"


def harmonise(publication: Publication, release: str, *files: File) -> Harmonised:
    """Read a release of a source, which has a file for each of its tables, and sort its rows.

    Raises:
        FileRefusedError: a file is not in the source's format.
        CorrectionError: a correction does not fit the release in which its error was found.
        ContractBrokenError: the source module does not fill the contract's columns, or two files
            give the same cell.
    """
    contract = CONTRACTS[publication.source.contract]
    parts = [_harmonise_file(publication, release, file, contract) for file in files]
    corrected = frozenset().union(*(part.corrected for part in parts))
    corrections.refuse_unused(files[0].corrections, release, corrected)
    if len(parts) == 1:
        return parts[0]
    frames = [part.rows for part in parts]
    rows = pd.DataFrame(
        {
            name: pd.api.types.union_categoricals([frame[name] for frame in frames])
            if isinstance(column.dtype, pd.CategoricalDtype)
            else np.concatenate([frame[name].to_numpy() for frame in frames])
            for name, column in frames[0].items()
        }
    )
    if (twice := rows.duplicated(list(contract.key))).any():
        where = rows.loc[twice, "locator"].iloc[0]
        raise ContractBrokenError(
            f"{publication.source.id}: {where} is a cell that another file of {release} gives too; "
            "if one file was entered twice, remove one of the two with its line in the manifest"
        )
    return Harmonised(
        rows,
        pd.concat([part.quarantine for part in parts], ignore_index=True),
        row_account.total([part.account for part in parts]),
        "; ".join(filter(None, (part.too_short for part in parts))),
        corrected,
        tuple(dict.fromkeys(name for part in parts for name in part.added)),
        all(part.is_partial for part in parts),
        pd.concat([part.errata for part in parts], ignore_index=True),
        pd.concat([part.set_aside for part in parts], ignore_index=True),
    )


def _harmonise_file(
    publication: Publication, release: str, file: File, contract: Contract
) -> Harmonised:
    source = publication.source
    tidy = apply_findings.judge(publication.tidy(file), file.findings)
    columns = {*tidy.raw, *tidy.table} - {ROW, ROWS}
    if source.person_level and not columns <= set(tidy.layout.shipped):
        raise ContractBrokenError(f"{source.id}: tidy() keeps rows of persons; count them first")
    rows = _stamped(tidy.rows, source, release, contract)

    set_aside = tidy.set_aside.astype(str).to_numpy()
    broken = violations(rows[set_aside == ""], contract, tidy.figure, source)
    problems = pd.concat([tidy.problems, broken]).drop_duplicates(["line", "rule", "message"])
    sound = rows.loc[_free(set_aside, problems), [*contract.cell, "value", "value_raw"]]
    if sound[list(contract.cell)].isna().any(axis=None):
        raise ContractBrokenError(f"{source.id}: tidy() gives no code and names no problem")
    repeated, conflicting = repeats(sound, tidy.raw, contract)
    set_aside[repeated] = EXACT_REPEAT
    problems = pd.concat([problems, conflicting])

    problems = problems[set_aside[problems["line"].to_numpy(dtype=int)] == ""]
    published = rows[_free(set_aside, problems)].reset_index(drop=True)
    return Harmonised(
        published,
        _quarantine(problems, tidy, rows, contract),
        row_account.account_of(source.id, release, set_aside, problems, tidy),
        too_short(file.path, len(tidy.table), tidy.layout, source),
        frozenset(tidy.corrected),
        tidy.added,
        tidy.layout.is_partial,
        errata.errata_of(tidy, rows, problems, file, source.number_locale),
        rows.loc[set_aside != "", list(contract.cell)].astype("str").reset_index(drop=True),
    )


def _stamped(rows: pd.DataFrame, source: Source, release: str, contract: Contract) -> pd.DataFrame:
    """Add source and release to rows, and put their columns in the contract's order.

    Where the source's series break, they get status B, and the reason among the flags.
    """
    stamped = rows.assign(
        source=constant(source.id, len(rows)), release=constant(release, len(rows))
    )
    missing = [name for name in contract.schema.columns if name not in stamped]
    if missing:
        raise ContractBrokenError(f"{source.id}: tidy() gives no {', '.join(missing)}")
    stamped = stamped[list(contract.schema.columns)]
    for known in source.known_breaks:
        here = (
            _is_of(stamped["ref_area"], known.ref_area)
            & (stamped["indicator"] == known.indicator)
            & (stamped["time_period"] == known.time_period)
        )
        if here.any():
            stamped = stamped.assign(
                obs_status=marked(stamped["obs_status"].array, [(here, "B")]),
                flags=marked(stamped["flags"].array, [(here, known.reason)]),
            )
    return stamped


def _is_of(areas: pd.Series, state: str | None) -> np.ndarray:
    """Return whether each area is a state or a part of it; None is every state."""
    return per_category(areas, lambda area: state in (None, codelists.state_of(area)))


def _free(set_aside: np.ndarray, problems: pd.DataFrame) -> np.ndarray:
    """Return whether each row is neither set aside nor has a problem."""
    free = set_aside == ""
    free[problems["line"].to_numpy(dtype=int)] = False
    return free


def _quarantine(
    problems: pd.DataFrame, tidy: Tidy, rows: pd.DataFrame, contract: Contract
) -> pd.DataFrame:
    """Return the problems as `Harmonised.quarantine`, in the order of the file."""
    line = problems["line"].to_numpy(dtype=int)
    quarantined = rows.loc[line]
    printed = tidy.raw.loc[line].to_dict(orient="records")
    frame = pd.DataFrame(
        {
            "source": quarantined["source"].astype(str).to_numpy(),
            "release": quarantined["release"].astype(str).to_numpy(),
            "locator": quarantined["locator"].to_numpy(),
            "rule": problems["rule"].astype(str).to_numpy(),
            "rule_id": problems["rule"].astype(str).map(rules.id_of).to_numpy(),
            **{
                name: problems[name].astype(str).fillna("").to_numpy()
                for name in PROBLEM_COLUMNS[2:]
            },
            **{
                name: quarantined[name].astype("str").to_numpy()
                for name in contract.cell
                if name in CELL
            },
            "row": [orjson.dumps(row).decode() for row in printed],
        },
        dtype="str",
    )
    bounds = [name for name in ("lower", "upper") if name in quarantined]
    frame[bounds] = quarantined[bounds].to_numpy()
    return frame.iloc[np.argsort(line, kind="stable")].reset_index(drop=True)
