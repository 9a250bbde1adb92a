"""Run all trials of the guard (`make planted`): print what it holds, and keep it for docs/rules.md.

    python -m guard_trials [--most N]

Of each source N cuts are drawn, of a large one a quarter. The exit code is 1 if a target is missed.
"""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd
from detectors.__main__ import keep, markdown
from harmonised_releases import Releases, harmonised_releases

from guard_trials import replay, trials, unodc

DOCS = Path(__file__).parents[3] / "pipelines" / "docs"
MOST = 8


def main() -> None:
    """Run all trials and print the rates; exit with code 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--most", type=int, default=MOST, metavar="N")
    most = parser.parse_args().most
    releases = harmonised_releases()
    with ProcessPoolExecutor(2) as workers:
        eighteen = workers.submit(_eighteen, releases)
        of_sources = [
            workers.submit(trials.tried, releases, source, most)
            for source in replay.names(releases)
        ]
        found = pd.DataFrame([row for each in of_sources for row in each.result()])
        kinds = [*trials.rates(found)]
        shares = [*trials.shares(found)]
        held = eighteen.result()
    waiting = [(row.source, row.cut, row.says) for row in trials.without_reason(found).itertuples()]
    tables = {
        "guard_kinds": (trials.Rate._fields, kinds),
        "guard_shares": (trials.Share._fields, shares),
        "guard_eighteen": (("false_release", "held", "says"), held),
    }
    for name, (header, rows) in tables.items():
        sys.stdout.write(f"{markdown(header, rows)}\n")
        if most == MOST:
            keep(DOCS / f"{name}.csv", header, rows)
    sys.stdout.write(f"{markdown(('source', 'cut', 'true, held without a reason'), waiting)}\n")
    missed = [each for each in shares if each.missed]
    sys.exit(bool(missed) or sum(row[1] for row in held) < trials.OF_EIGHTEEN)


def _eighteen(releases: Releases) -> list[tuple[str, bool, str]]:
    """Return whether each of the eighteen false releases of UNODC's file is held, and the line."""
    return [*_judged(replay.cut_of(releases, "int_unodc_glotip", unodc.YEAR))]


def _judged(cut: replay.Cut) -> Iterator[tuple[str, bool, str]]:
    for name, after in unodc.false_releases(cut):
        lines = replay.compared(cut, after).lines
        yield name, bool(lines), lines[0] if lines else ""


if __name__ == "__main__":
    main()
