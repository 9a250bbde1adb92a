"""What the pages cost to make and to open: all languages, one more, one state more, each chart.

    python benchmarks/site.py [--times N]

The pages of the shipped figures are made in a process of their own, whose imports count, beside a
peer: the charts of the country pages, in one language, as `plotly.graph_objects.Figure.to_html`
makes them, against the plain dictionaries that the pages carry. Then the heaviest page is weighed,
and opened in Chromium on a processor slowed 4 times, beside the same page with the whole of
plotly.js.
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
JOBS = {
    "all pages, 4 languages": ("pages",),
    "all pages, 1 language": ("pages", "en"),
    "pages of 35 states, 1 language": ("states", "en"),
    "page of 1 state, 1 language": ("states", "en", "--states", "1"),
    "charts as dictionaries": ("dicts", "en"),
    "charts by Figure.to_html": ("peer", "en"),
}
HEADINGS = ("", "wall s", "CPU s", "greatest MiB", "made")
LANGUAGES, STATES = 4, 35
SDG_BUILD = {"indicators": 403, "wall": 268.0, "cpu": 114.8}
"""sdg-build 2 (Open SDG): a million rows as 403 indicators, measured apart on 2 such processors."""

TARGETS = "Targets on 2 CPUs: 10 s, 600 MiB; a page 250 KB; the chart in 3 s."


def main() -> None:
    """Measures in turns, and prints medians and what follows from them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=3, metavar="N")
    times = parser.parse_args().times
    print(machine("duckdb", "jinja2", "orjson", "pandas", "playwright", "plotly"))
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        home = Path(folder)
        shutil.copytree(RAW, home / "data" / "raw")
        python(HERE / "pipeline_job.py", home=home)
        turns = [_turn(home) for _ in range(times)]
        costs = {name: [turn[name][0] for turn in turns] for name in JOBS}
        made = {name: turns[0][name][1] for name in JOBS}
        lines = [_line(name, costs[name], made[name]) for name in JOBS]
        print(f"\n{table(HEADINGS, lines)}\n\nMedians of {times}. {TARGETS}\n")
        _print_differences({name: _median(costs[name]) for name in JOBS}, made)
        _print_page(home)


def _turn(home: Path) -> dict[str, tuple[Cost, int]]:
    """What each job costs on an empty folder, and how many files or charts it made.

    What the job before made stays until the end: ext4 is slow to make files for five minutes after
    it removed as many.
    """
    done = {}
    published = home / "data" / "published"
    for name, arguments in JOBS.items():
        if published.exists():
            published.rename(tempfile.mkdtemp(prefix="made-", dir=home))
        cost = python(HERE / "site_job.py", *arguments, home=home)
        done[name] = cost, int((home / "log.txt").read_text(encoding="utf-8").split()[-1])
    return done


def _median(costs: list[Cost]) -> Cost:
    peak = max(cost.peak for cost in costs)
    return Cost(median(cost.cpu for cost in costs), median(cost.wall for cost in costs), peak)


def _line(name: str, costs: list[Cost], made: int) -> tuple[str, ...]:
    cost = _median(costs)
    return (name, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.peak:,.0f}", f"{made:,}")


def _print_differences(cost: dict[str, Cost], made: dict[str, int]) -> None:
    everything, one, states, state, dicts, peer = cost.values()
    language = (everything.cpu - one.cpu) / (LANGUAGES - 1)
    area = (states.cpu - state.cpu) / (STATES - 1)
    print(f"one more language: {language:.2f} CPU s; one more state: {area:.3f} CPU s a language")
    print(f"charts as dictionaries / by Figure.to_html: {dicts.cpu / peer.cpu:.2f} of the CPU")
    theirs = SDG_BUILD["cpu"] / SDG_BUILD["indicators"]
    for name, spoken in (("all pages, 4 languages", LANGUAGES), ("all pages, 1 language", 1)):
        ours = cost[name].cpu / made["charts as dictionaries"]
        print(
            f"{name}, a chart of a state's page: {1000 * ours:.0f} CPU ms, in one language "
            f"{1000 * ours / spoken:.0f}; an indicator of sdg-build: {1000 * theirs:.0f}; ratios "
            f"{ours / theirs:.2f} and {ours / theirs / spoken:.2f}"
        )


def _print_page(home: Path) -> None:
    """The weight of the heaviest pages, and how soon the heaviest of a state is there."""
    site = home / "data" / "published" / "site"
    python("-c", _WHOLE, home=home)
    by_weight = sorted(site.rglob("*.html"), key=lambda file: -file.stat().st_size)
    for file in by_weight[:3]:
        print(f"{file.relative_to(site)}: {file.stat().st_size / 1000:,.0f} KB")
    page = next(file for file in by_weight if file.parent.name == "country").relative_to(site)
    print(f"{page}, CPU slowed 4 times: {_opened(home, page)}")
    (site / "static" / PLOTLY.name).write_text(get_plotlyjs(), encoding="utf-8")
    print(f"the same with the whole of plotly.js, as plotly.py ships it: {_opened(home, page)}")


def _opened(home: Path, page: Path) -> str:
    """How soon a page can be read and has its first chart."""
    python(HERE / "site_browser_job.py", str(page), home=home)
    opened = json.loads((home / "log.txt").read_text(encoding="utf-8").splitlines()[-1])
    painted, drawn = (median(each[key] for each in opened) for key in ("painted", "drawn"))
    return f"readable after {painted:.2f} s, first chart after {drawn:.2f} s"


_WHOLE = (
    "from pipelines.lib import paths; from pipelines.published.site.build import build_site; "
    "build_site(paths.warehouse(), paths.site())"
)


if __name__ == "__main__":
    main()
