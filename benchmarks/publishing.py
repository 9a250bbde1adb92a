"""What it costs to publish: gate, switch, rollback, a run with nothing new; and what readers feel.

    python benchmarks/publishing.py [--seconds N]

Processor seconds, but for the switch, the rollback and the readers, who wait; each beside a peer.
Readers read for N seconds in quiet, and for as long while versions are switched twice a second,
three times over: the pair whose ratio is in the middle stands in the table.
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
RUN = ("-c", "from pipelines.cli.app import main; main()", "run")
REVIEW = (
    "source,release,decision,reason,reviewed\nnone,2000-01-01,keep,a second version,2000-01-01\n"
)
PAIRS = 3
HEADINGS = ("", "here", "its peer", "ratio", "aim")


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
        scheduled, nothing = _job(home, "run")
        bare, _ = _job(home, "empty_steps", str(nothing["steps"]))
        verb = python(*RUN, home=home)
        _, ours = _job(home, "nothing")
        _, link = _job(home, "one_link")
        _, back = _job(home, "rollback")
        _, bytes_read = _job(home, "checksums")
        pairs = [(_readers(home, seconds), _readers_beside(home, seconds)) for _ in range(PAIRS)]
        quiet, busy = sorted(pairs, key=lambda pair: pair[1] / pair[0])[PAIRS // 2]
    switch, one_link = (1000 * each for each in (second["switch wall"], link["link wall"]))
    lines = [
        _line(
            "gate and switch, of a whole run", second["publish cpu"], second["run cpu"], "< 10 %"
        ),
        _line("nothing new, by Dagster, of as many empty steps", scheduled.cpu, bare.cpu, "< 8 s"),
        _line("nothing new, by 'tipstat run', of the same", verb.cpu, bare.cpu, ""),
        _line("nothing new, ours, of the run by Dagster", ours["ours cpu"], scheduled.cpu, "< 1 s"),
        _line("switch, of one link, ms", switch, one_link, "< 50 ms"),
        _line(
            "rollback, of bare checksums", back["rollback wall"], bytes_read["read wall"], "< 1 s"
        ),
        _line("a read while versions switch, of one in quiet", busy, quiet, "< 1.5"),
    ]
    print(f"\n{table(HEADINGS, lines)}")


def _line(what: str, here: float, peer: float, aim: str) -> tuple[str, ...]:
    return what, f"{here:.3f}", f"{peer:.3f}", f"{here / peer:.2g}", aim


def _job(home: Path, name: str, *arguments: str) -> tuple[Cost, dict[str, float]]:
    out = home / f"{name}.json"
    cost = python(JOB, name, out, *arguments, home=home)
    return cost, json.loads(out.read_text(encoding="utf-8"))


def _readers_beside(home: Path, seconds: float) -> float:
    """The same while versions are switched."""
    with ThreadPoolExecutor(1) as aside:
        switching = aside.submit(_job, home, "switch_often", str(seconds + 2))
        busy = _readers(home, seconds)
        switching.result()
    return busy


def _readers(home: Path, seconds: float) -> float:
    """The 99th percentile of a read, seconds."""
    return _job(home, "read", str(seconds))[1]["p99"]


if __name__ == "__main__":
    main()
