"""Run all trials of detectors (`make planted`): print the rates, and keep them for docs/rules.md.

    python -m detectors [--share N]

With `--share 10` only a tenth of the defects and copies is tried, and nothing is kept. The exit
code is 1 if a rate misses its target. Without publishers' files the shipped figure tables are
tried, and nothing is kept either: they have too few areas for some kinds.
"""

import argparse
import csv
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd

from detectors.planting import Sound, Trial, sound
from detectors.shuffling import without_findings
from detectors.trials import COPIES, TRIALS, Copy, Rate, alarms, rates
from pipelines.intake.detectors import examine, figures_of, version
from pipelines.sources import File, discover

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "pipelines" / "docs"
RELEASES = ("2023-05-30", "2025-04-14")
NUMBER_OF_COPIES = 20
MOST_ALARMS = 1.5
SEED = 20250414


def main() -> None:
    """Run all trials and print the rates; exit with code 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--share", type=int, default=1, metavar="N")
    share = parser.parse_args().share
    before, figures, whole = releases()
    found, copies = tried(figures, before, share)
    _say(markdown(Rate._fields, found))
    _say(markdown(("copy", "copies", "mean", "most"), copies))
    if whole and share == 1:
        keep(DOCS / "planted.csv", Rate._fields, found)
        keep(DOCS / "false_alarms.csv", ("copy", "copies", "mean", "most"), copies)
    missed = [each for each in found if each.target and each.found < each.target * each.planted]
    missed += [each for each in copies if each[2] > MOST_ALARMS]
    for each in missed:
        _say(f"missed: {each}")
    sys.exit(bool(missed))


def releases() -> tuple[pd.DataFrame, pd.DataFrame, bool]:
    """Return the figures of UNODC's last two releases, and whether they are of whole files."""
    folder = os.environ.get("TIPSTAT_PUBLISHER_FILES")
    whole = [Path(folder or "") / f"unodc_glotip/{day}/data_glotip.xlsx" for day in RELEASES]
    is_whole = all(path.is_file() for path in whole)
    shipped = [ROOT / f"data/raw/int_unodc_glotip/{day}.csv" for day in RELEASES]
    if not is_whole:
        _say("publisher's files are missing: trying the shipped tables of American states")
    glotip = discover()["int_unodc_glotip"]
    before, figures = (
        figures_of(glotip.tidy(File(path))) for path in (whole if is_whole else shipped)
    )
    return before, figures, is_whole


def tried(
    figures: pd.DataFrame, before: pd.DataFrame, share: int
) -> tuple[list[Rate], list[tuple[str, int, float, int]]]:
    """Return the rates of all kinds of defects, and the false alarms of all kinds of copies."""
    file = sound(figures, before, examine(figures, before))
    nothing_wrong = file._replace(figures=without_findings(figures, before))
    with ProcessPoolExecutor() as workers:
        found = [workers.submit(_rates, file, trial, share) for trial in TRIALS]
        copies = [workers.submit(_alarms, nothing_wrong, copy, share) for copy in COPIES]
        return [rate for each in found for rate in each.result()], [
            each.result() for each in copies
        ]


def _rates(file: Sound, trial: Trial, share: int) -> list[Rate]:
    return rates(file, trial, -(-trial.number // share), SEED)


def _alarms(file: Sound, copy: Copy, share: int) -> tuple[str, int, float, int]:
    counted = alarms(file, copy, -(-NUMBER_OF_COPIES // share), SEED)
    return copy.name, len(counted), round(sum(counted) / len(counted), 2), max(counted)


def markdown(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [header, ["---"] * len(header), *([_text(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def keep(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a table for the docs, with the version of the detectors."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*header, "version"])
        writer.writerows([*map(_text, row), version()] for row in rows)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


if __name__ == "__main__":
    main()
