"""Time of a whole `tipstat run`: first, unchanged, and after a small source changed.

    python benchmarks/run_time.py [--times N]

Each first run has a new project folder that holds nothing but the shipped figures and decisions.
The peer, run in turn with them, is the floor (`floor_job.py`): the same imports, a bare load of the
same rows, and the same bytes written and hashed. On a machine that others use too, read the
processor time.
"""

import argparse
import tempfile
from hashlib import sha256
from pathlib import Path
from statistics import median

from measure import Cost, adopt_orphans, machine, python, table

from pipelines.raw.shipped import copy_shipped

HERE = Path(__file__).parent
ROOT = HERE.parent
RUN = ("-c", "from pipelines.cli.app import main; main()", "run")
SMALL = "jam_statin"
RATIOS = "wall / floor", "CPU / floor", "wall / first", "CPU / first"
HEADINGS = "", "wall s", "CPU s", "greatest MiB", *RATIOS
TARGETS = (
    "Targets on 2 quiet CPUs: first run 4.5 times the floor, unchanged run under 1 s, run after a "
    "change a third of the first one's processor time."
)


def main() -> None:
    """Measures in turns and prints medians."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=3, metavar="N")
    times = parser.parse_args().times
    print(machine("dagster", "pandas", "duckdb", "pandera"))
    adopt_orphans()  # the processes that share a run's work
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        if times > 1:
            _turn(folder)  # warms the disk's cache and compiles what is not
        turns = [_turn(folder) for _ in range(times)]
    first, second, changed, floor = zip(*turns, strict=True)
    named = {
        "floor": floor,
        "first run": first,
        "unchanged second run": second,
        "run after a change": changed,
    }
    lines = [_line(name, costs, floor, first) for name, costs in named.items()]
    print(f"\n{table(HEADINGS, lines)}\n\nMedians of {times}. {TARGETS}")


def _turn(folder: str) -> tuple[Cost, Cost, Cost, Cost]:
    """A first run, a second, one after a change, and the floor.

    What they make stays until all is measured: ext4 is slow to make files for five minutes after it
    removed as many.
    """
    home = Path(tempfile.mkdtemp(dir=folder))
    copy_shipped(ROOT, home)
    first, second = python(*RUN, home=home), python(*RUN, home=home)
    _change(home / "data" / "raw")
    changed = python(*RUN, "--source", SMALL, home=home)
    return first, second, changed, python(HERE / "floor_job.py", home=home)


def _change(raw: Path) -> None:
    """Raise the oldest figure of the small source, in its file and the manifest."""
    [file] = (raw / SMALL).glob("????-??-??.csv")
    before = file.read_bytes()
    header, oldest, *rows = before.decode().splitlines()
    others, _, figure = oldest.rpartition(",")
    lines = [header, f"{others},{float(figure) + 0.01:.2f}", *rows, ""]
    file.write_text("\n".join(lines), "utf-8", newline="\n")
    old, new = (sha256(each).hexdigest() for each in (before, file.read_bytes()))
    manifest = raw / "manifest.csv"
    manifest.write_text(manifest.read_text("utf-8").replace(old, new), "utf-8")


def _line(
    name: str, costs: tuple[Cost, ...], floor: tuple[Cost, ...], first: tuple[Cost, ...]
) -> tuple[str, ...]:
    medians = (median(cost.wall for cost in costs), median(cost.cpu for cost in costs))
    ratios = (
        median(one.wall / other.wall for one, other in zip(costs, floor, strict=True)),
        median(one.cpu / other.cpu for one, other in zip(costs, floor, strict=True)),
        median(one.wall / other.wall for one, other in zip(costs, first, strict=True)),
        median(one.cpu / other.cpu for one, other in zip(costs, first, strict=True)),
    )
    peak = f"{max(cost.peak for cost in costs):,.0f}"
    return (name, *(f"{each:.2f}" for each in medians), peak, *(f"{each:.2f}" for each in ratios))


if __name__ == "__main__":
    main()
