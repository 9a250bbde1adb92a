"""The warehouse of a million observations: what it costs to build, and what its questions take.

    python benchmarks/warehouse.py [--rows N] [--pairs N]

A release of N rows in UNODC's shape joins the shipped figures of all sources. The build makes all
tables, views, descriptions, statistics, verdicts and checks; its peer is a bare DuckDB that loads
the same Parquet files into typed tables and sees that their keys are unique. They take turns, each
in a process of its own whose imports count. Then the questions of docs/query-guide.md are asked,
some in turns with the same question put by hand to the bare tables, which must give the same.
"""

import argparse
import json
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from measure import Cost, machine, python, table

HERE = Path(__file__).parent
JOBS = {"warehouse": ("warehouse_job.py", "build"), "bare load": ("bare_load.py",)}
TIMES = 7
COSTS = ("", "CPU s", "wall s", "greatest MiB", "CPU / bare")
BUILD = "Targets: at most 2 times the bare load's processor time, peak under 1,024 MiB."
ANSWERS = ("question", "rows", "ms", "CPU ms", "by hand", "ratio")
MOST = 0.1
ASKED = "Target: each under 100 ms."


def main() -> None:
    """Makes the files, measures both jobs and all questions, and prints them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=1_070_000, metavar="N")
    parser.add_argument("--pairs", type=int, default=5, metavar="N")
    options = parser.parse_args()
    print(machine("pandas", "duckdb", "pandera", "scipy", "statsmodels"))
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        home = Path(folder)
        python(HERE / "glotip_shaped.py", str(options.rows), home=home)
        python(HERE / "warehouse_job.py", "harmonise", home=home)
        print(f"\n{(home / 'log.txt').read_text(encoding='utf-8')}")
        turns = [_turn(home, turn) for turn in range(options.pairs)]
        lines = [_cost_line(name, turns) for name in JOBS]
        print(f"{table(COSTS, lines)}\n\nMedians of {options.pairs} pairs. {BUILD}\n")
        python(HERE / "guide_job.py", str(TIMES), home=home)
        printed = (home / "log.txt").read_text(encoding="utf-8")
    answers = [json.loads(line) for line in printed.splitlines()]
    print(f"{table(ANSWERS, [_answer_line(each) for each in answers])}\n")
    in_time = sum(_median(each, "guide") < MOST for each in answers)
    slowest = max(answers, key=lambda each: _median(each, "guide"))["title"]
    print(f"Medians of {TIMES}. {ASKED} {in_time} of {len(answers)} are; slowest: {slowest}")


def _turn(home: Path, turn: int) -> dict[str, Cost]:
    """The costs of both jobs, the other one first each time, so that a drift hits both alike."""
    names = reversed(JOBS) if turn % 2 else JOBS
    return {name: python(HERE / JOBS[name][0], *JOBS[name][1:], home=home) for name in names}


def _cost_line(name: str, turns: list[dict[str, Cost]]) -> tuple[str, ...]:
    costs = [turn[name] for turn in turns]
    return (
        name,
        f"{median(cost.cpu for cost in costs):.2f}",
        f"{median(cost.wall for cost in costs):.2f}",
        f"{max(cost.peak for cost in costs):,.0f}",
        f"{median(turn[name].cpu / turn['bare load'].cpu for turn in turns):.2f}",
    )


def _answer_line(answer: dict[str, Any]) -> tuple[str, ...]:
    wall = _median(answer, "guide")
    ours = f"{1000 * wall:,.0f}", f"{1000 * _median(answer, 'guide', 'cpu'):,.0f}"
    if "by_hand" not in answer:
        return (answer["title"], f"{answer['rows']}", *ours, "", "")
    by_hand = _median(answer, "by_hand")
    theirs = f"{1000 * by_hand:,.0f}", f"{wall / by_hand:.1f}"
    return (answer["title"], f"{answer['rows']}", *ours, *theirs)


def _median(answer: dict[str, Any], way: str, clock: str = "wall") -> float:
    """Seconds that one way of asking takes."""
    return median(seconds[clock] for seconds in answer[way])


if __name__ == "__main__":
    main()
