"""What it costs to publish: gate, switch, rollback, a run with nothing new; and what readers feel.

    python benchmarks/publishing.py [--seconds N]

Processor seconds, but for the switch, the rollback and the readers, who wait. Readers read for N
seconds in quiet, and for as long while versions are switched twice a second.
"""

import argparse
import json
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from measure import Cost, machine, python, table

RAW = Path(__file__).parents[1] / "data" / "raw"
JOB = Path(__file__).with_name("publishing_job.py")
RUN = ("-c", "from pipelines.cli import main; main()", "run")
REVIEW = (
    "source,release,decision,reason,reviewed\nnone,2000-01-01,keep,a second version,2000-01-01\n"
)
HEADINGS = ("", "measured", "target")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=10, metavar="N")
    seconds = parser.parse_args().seconds
    print(machine("dagster", "pandas", "duckdb", "pandera"))
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        home = Path(folder)
        shutil.copytree(RAW, home / "data" / "raw")
        _job(home, "run")
        (home / "data" / "reviews.csv").write_text(REVIEW, encoding="utf-8")
        _, second = _job(home, "run")
        scheduled, _ = _job(home, "run")
        verb = python(*RUN, home=home)
        _, ours = _job(home, "nothing")
        _, back = _job(home, "rollback")
        quiet = _readers(home, seconds)
        with ThreadPoolExecutor(1) as aside:
            switching = aside.submit(_job, home, "switch_often", str(seconds + 2))
            busy = _readers(home, seconds)
            switching.result()
    share = second["publish cpu"] / second["run cpu"]
    lines = [
        ("gate and switch, of a run", f"{share:.1%}", "< 10%"),
        ("nothing new, by Dagster, CPU s", f"{scheduled.cpu:.1f}", "< 8"),
        ("nothing new, by 'tipstat run', CPU s", f"{verb.cpu:.1f}", ""),
        ("nothing new, ours, CPU s", f"{ours['ours cpu']:.2f}", "< 1"),
        ("switch, ms", f"{second['switch wall'] * 1000:.1f}", "< 50"),
        ("rollback, s", f"{back['rollback wall']:.2f}", "< 1"),
        ("readers' 99th percentile, busy / quiet", f"{busy / quiet:.2f}", "< 1.5"),
    ]
    print(f"\n{table(HEADINGS, lines)}")


def _job(home: Path, name: str, *arguments: str) -> tuple[Cost, dict[str, float]]:
    out = home / f"{name}.json"
    cost = python(JOB, name, out, *arguments, home=home)
    return cost, json.loads(out.read_text(encoding="utf-8"))


def _readers(home: Path, seconds: float) -> float:
    """The 99th percentile of a read, seconds."""
    return _job(home, "read", str(seconds))[1]["p99"]


if __name__ == "__main__":
    main()
