"""What benchmarks/publishing.py measures, each in a process of its own; prints one JSON object."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path


def timed(spent: dict[str, float], name: str, real: Callable[..., object]) -> Callable[..., object]:
    """A function that notes what it costs: processor and wall-clock seconds."""

    def call(*arguments: object) -> object:
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            return real(*arguments)
        finally:
            spent[f"{name} wall"] = time.perf_counter() - wall
            spent[f"{name} cpu"] = time.process_time() - cpu

    return call


def run() -> dict[str, float]:
    """A run by Dagster's graph; what the gate and the switch are of it."""
    from pipelines.cli import local_run as graph
    from pipelines.orchestration import assets
    from pipelines.published.versions import publish

    spent: dict[str, float] = {}
    assets.publish = timed(spent, "publish", assets.publish)
    publish._switch = timed(spent, "switch", publish._switch)
    failed = graph.run_graph(lambda _step, _event: None)
    if failed:
        sys.exit("\n".join(failed))
    return spent | {"run cpu": time.process_time(), "steps": len(graph.steps())}


def empty_steps(count: float) -> dict[str, float]:
    """Dagster running so many steps that do nothing, with its history where a run has it."""
    import dagster as dg

    from pipelines.cli.local_run import prepare_home

    prepare_home()
    steps = [dg.asset(name=f"step_{number}")(lambda: None) for number in range(int(count))]
    with dg.DagsterInstance.get() as instance:
        dg.materialize(steps, instance=instance)
    return {}


def nothing() -> dict[str, float]:
    """What a run costs of its own that finds nothing new, without its imports."""
    from pipelines.harmonised import refresh  # noqa: F401
    from pipelines.published.versions import status

    spent: dict[str, float] = {}
    if not timed(spent, "ours", status.nothing_changed)():
        sys.exit("something has changed")
    return spent


def rollback() -> dict[str, float]:
    """Back to the first version, and to the second again."""
    from pipelines.published.versions import publish, version

    spent: dict[str, float] = {}
    for each in version.versions():
        timed(spent, "rollback", publish.rollback)(each.id)
    return spent


def one_link() -> dict[str, float]:
    """A link that is made and renamed: what the switch cannot do without."""
    from pipelines.lib import paths

    spent: dict[str, float] = {}
    aside = paths.published() / "aside"

    def lead() -> None:
        aside.symlink_to("versions")
        aside.replace(paths.published() / "link")

    timed(spent, "link", lead)()
    (paths.published() / "link").unlink()
    return spent


def checksums() -> dict[str, float]:
    """SHA-256 of every file of a version: what a rollback cannot do without."""
    import hashlib

    from pipelines.lib import paths

    files = [file for file in paths.current().resolve().rglob("*") if file.is_file()]
    spent: dict[str, float] = {}
    timed(spent, "read", lambda: [hashlib.sha256(each.read_bytes()) for each in files])()
    return spent


def switch_often(seconds: float) -> dict[str, float]:
    """Lets readers see one version and the other in turn, twice a second; they come first.

    Every byte of a version is checked before each switch.
    """
    from pipelines.published.versions import publish, version

    os.nice(10)  # as deploy/tipstat.service has it
    until, made = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        for each in version.versions():
            publish.rollback(each.id)
            made += 1
            time.sleep(0.5)
    return {"switches": made}


def read(seconds: float) -> dict[str, float]:
    """Reads a page and asks the warehouse, again and again; the 99th percentile of a read."""
    import duckdb

    from pipelines.lib import paths

    until, spent = time.monotonic() + seconds, []
    while time.monotonic() < until:
        start = time.perf_counter()
        (paths.site() / "index.html").read_bytes()
        with duckdb.connect(paths.warehouse(), read_only=True) as connection:
            connection.execute("select count(*) from published.observation").fetchall()
        spent.append(time.perf_counter() - start)
        time.sleep(0.02)
    return {"p99": sorted(spent)[int(len(spent) * 0.99)], "reads": len(spent)}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    JOBS = {
        job.__name__: job
        for job in (run, empty_steps, nothing, one_link, rollback, checksums, switch_often, read)
    }
    said = JOBS[sys.argv[1]](*map(float, sys.argv[3:]))
    Path(sys.argv[2]).write_text(json.dumps(said), encoding="utf-8")
