"""Apply findings to the rows of a file: quarantine false figures, mark doubtful ones."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.harmonised import evidence
from pipelines.raw.findings import DOUBTFUL, KEEP_OUT, Finding, FindingsError
from pipelines.reader.coded_columns import UNRELIABLE, marked
from pipelines.reader.tidy import SUMMED, problem_rows
from pipelines.sources import Tidy
from schemas import codelists


def judge(tidy: Tidy, findings: Sequence[Finding]) -> Tidy:
    """Return the rows of a file with its findings applied.

    A figure under KEEP_OUT gets a problem with the detector as its rule, one under DOUBTFUL the
    status U and the detector as a flag, or MAY_BE_FILLED if it may stand for no answer.

    Raises:
        FindingsError: a finding names a row that the file does not have.
    """
    applied = [finding for finding in findings if finding.effect in (KEEP_OUT, DOUBTFUL)]
    if not applied:
        return tidy
    lines = _positions(tidy, applied)
    false = [(line, each) for line, each in lines if each.effect == KEEP_OUT]
    doubtful = [(line, each) for line, each in lines if each.effect == DOUBTFUL]
    return tidy._replace(
        rows=_marked(tidy.rows, doubtful),
        problems=pd.concat([tidy.problems, _problems(tidy.rows, false)]),
    )


def _positions(tidy: Tidy, findings: Sequence[Finding]) -> list[tuple[int, Finding]]:
    """Return the position of each finding's figure, unless it is set aside or was corrected.

    A finding about any row of a sum applies to the sum, which takes the place of its first row.
    """
    summed = (tidy.set_aside == SUMMED).to_numpy()
    first = np.maximum.accumulate(np.where(summed, 0, np.arange(len(summed))))
    settled = np.zeros(len(tidy.raw), dtype=bool) if tidy.settled is None else tidy.settled
    concerned = (tidy.set_aside == "").to_numpy() & ~settled
    found = zip(first[rows_of(tidy, findings)], findings, strict=True)
    return [(int(line), each) for line, each in found if concerned[line]]


def rows_of(tidy: Tidy, findings: Sequence[Finding]) -> np.ndarray:
    """Return the position of the row that each finding names.

    Raises:
        FindingsError: there is no such row.
    """
    at = {place: line for line, place in enumerate(tidy.places.itertuples(index=False, name=None))}
    for each in findings:
        if (each.row, each.column) not in at:
            raise FindingsError(
                f"finding {each.detector}: there is no row {f'{each.row} {each.column}'.rstrip()}; "
                "examine the publisher's file again with 'tipstat examine'"
            )
    return np.array([at[each.row, each.column] for each in findings], dtype=int)


def _problems(rows: pd.DataFrame, false: list[tuple[int, Finding]]) -> pd.DataFrame:
    """Return a problem for each false figure."""
    line = np.array([line for line, _ in false], dtype=int)
    found = rows["value_raw"].iloc[line].astype(str)
    messages = [evidence.message(each) for _, each in false]
    return problem_rows(line, [each.detector for _, each in false], "value_raw", found, messages)


def _marked(rows: pd.DataFrame, doubtful: list[tuple[int, Finding]]) -> pd.DataFrame:
    """Add status U to doubtful figures, and the reason to their flags."""
    no_answer = codelists.column("remark", "no_answer")
    lines: dict[str, list[int]] = {}
    for line, each in doubtful:
        flag = "MAY_BE_FILLED" if no_answer[each.detector] == "1" else each.detector
        lines.setdefault(flag, []).append(line)
    marks = [(np.isin(np.arange(len(rows)), here), flag) for flag, here in lines.items()]
    return rows.assign(
        obs_status=marked(rows["obs_status"].array, [(here, UNRELIABLE) for here, _ in marks]),
        flags=marked(rows["flags"].array, marks),
    )
