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
    status U and the detector as a flag, or MAY_BE_FILLED if it may stand for no answer. Figures
    that are set aside or were corrected stay as they are.

    Raises:
        FindingsError: a finding names a row that the file does not have.
    """
    applied = [finding for finding in findings if finding.effect in (KEEP_OUT, DOUBTFUL)]
    if not applied:
        return tidy
    # A finding about any row of a sum applies to the sum, which takes the place of its first row.
    summed = (tidy.set_aside == SUMMED).to_numpy()
    first = np.maximum.accumulate(np.where(summed, 0, np.arange(len(summed))))
    settled = np.zeros(len(tidy.raw), dtype=bool) if tidy.settled is None else tidy.settled
    concerned = (tidy.set_aside == "").to_numpy() & ~settled
    no_answer = codelists.column("remark", "no_answer")
    false: list[tuple[int, Finding]] = []
    doubtful: dict[str, list[int]] = {}  # positions by flag
    for line, each in zip(first[rows_of(tidy, applied)], applied, strict=True):
        if not concerned[line]:
            continue
        if each.effect == KEEP_OUT:
            false.append((int(line), each))
        else:
            flag = "MAY_BE_FILLED" if no_answer[each.detector] == "1" else each.detector
            doubtful.setdefault(flag, []).append(int(line))
    at = np.array([line for line, _ in false], dtype=int)
    found = tidy.rows["value_raw"].iloc[at].astype(str)
    messages = [evidence.message(each) for _, each in false]
    problems = problem_rows(at, [each.detector for _, each in false], "value_raw", found, messages)
    marks = [(np.isin(np.arange(len(tidy.rows)), lines), flag) for flag, lines in doubtful.items()]
    rows = tidy.rows.assign(
        obs_status=marked(tidy.rows["obs_status"].array, [(here, UNRELIABLE) for here, _ in marks]),
        flags=marked(tidy.rows["flags"].array, marks),
    )
    return tidy._replace(rows=rows, problems=pd.concat([tidy.problems, problems]))


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
