"""The cost of making the pages, and of opening one.

    python benchmarks/site.py [--times N]

The pages of the shipped figures in four languages are made in a process of their own, whose imports
count. The floor beside it: the same imports, and the same bytes read, hashed and written. Then the
heaviest page of a state is opened in Chromium on a processor slowed 4 times, beside the same page
with the whole of plotly.js.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from statistics import median

from measure import Cost, machine, python, table
from plotly.offline import get_plotlyjs

from pipelines.published.site.content_security import PLOTLY

HERE = Path(__file__).parent
RAW = HERE.parent / "data" / "raw"
JOBS = {"all pages, 4 languages": "pages", "floor: the same bytes written": "floor"}
HEADINGS = ("", "wall s", "CPU s", "greatest MiB", "files")


def main() -> None:
    """Measure in turns and print medians."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=3, metavar="N")
    times = parser.parse_args().times
    print(machine("duckdb", "jinja2", "orjson", "pandas", "playwright", "plotly"))
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        home = Path(folder)
        shutil.copytree(RAW, home / "data" / "raw")
        python(HERE / "pipeline_job.py", home=home)
        turns = [_turn(home) for _ in range(times)]
        costs = {name: _median([turn[name][0] for turn in turns]) for name in JOBS}
        lines = [_line(name, costs[name], turns[0][name][1]) for name in JOBS]
        print(f"\n{table(HEADINGS, lines)}\n\nMedians of {times}.")
        ours, floor = costs.values()
        print(f"pages / floor: {ours.cpu / floor.cpu:.2f} of the CPU")
        _print_page(home)


def _turn(home: Path) -> dict[str, tuple[Cost, int]]:
    """Return the cost of each job on an empty folder, and how many files it made.

    The output of the job before stays until the end: ext4 is slow to make files for five minutes
    after it removed as many.
    """
    done = {}
    site = home / "data" / "published" / "site"
    for name, what in JOBS.items():
        if site.exists() and what == "pages":
            site.rename(tempfile.mkdtemp(prefix="made-", dir=home))
        cost = python(HERE / "site_job.py", what, home=home)
        done[name] = cost, int((home / "log.txt").read_text(encoding="utf-8").split()[-1])
    return done


def _median(costs: list[Cost]) -> Cost:
    peak = max(cost.peak for cost in costs)
    return Cost(median(cost.cpu for cost in costs), median(cost.wall for cost in costs), peak)


def _line(name: str, cost: Cost, made: int) -> tuple[str, ...]:
    return (name, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.peak:,.0f}", f"{made:,}")


def _print_page(home: Path) -> None:
    """Print the weight of the heaviest pages, and how soon the heaviest of a state is there."""
    site = home / "data" / "published" / "site"
    by_weight = sorted(site.rglob("*.html"), key=lambda file: -file.stat().st_size)
    for file in by_weight[:3]:
        print(f"{file.relative_to(site)}: {file.stat().st_size / 1000:,.0f} KB")
    states = [file for file in by_weight if file.parent.name == "country" and "-" not in file.stem]
    page = states[0].relative_to(site)
    print(f"{page}, CPU slowed 4 times: {_opened(home, page)}")
    (site / "static" / PLOTLY.name).write_text(get_plotlyjs(), encoding="utf-8")
    print(f"the same with the whole of plotly.js, as plotly.py ships it: {_opened(home, page)}")


def _opened(home: Path, page: Path) -> str:
    """Return the seconds until a page can be read and until its first chart is drawn, in words."""
    python(HERE / "site_browser_job.py", str(page), home=home)
    opened = json.loads((home / "log.txt").read_text(encoding="utf-8").splitlines()[-1])
    painted, drawn = (median(each[key] for each in opened) for key in ("painted", "drawn"))
    return f"readable after {painted:.2f} s, first chart after {drawn:.2f} s"


if __name__ == "__main__":
    main()
