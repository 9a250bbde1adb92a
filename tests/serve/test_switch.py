"""The service while versions change: nobody notices a switch, and a recall leaves nothing."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from serving import Published, Serving, in_warehouse

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]

FIGURES = "/api/v1/national.csv?state=ARG"
KINDS = (
    FIGURES,
    "/api/v1/sentences.json",
    "/api/v1/codes/area.csv",
    "/api/v1/states/ARG.json",
    "/sdmx/v2/structure/dataflow",
    "/sdmx/v2/data/dataflow/TIPSTAT/DF_NATIONAL/~/A.ARG?format=csv",
    "/sdmx/v2/data/dataflow/TIPSTAT/DF_TIP/~/A.ARG?format=jsondata&asOf=2024-01-01",
    "/sdmx/v1/data/DF_NATIONAL/A.ARG.",
    "/extracts/csv/national_series.csv.gz",
    "/extracts/json/ARG.json",
    "/en/",
    "/",
)
"""One answer of each kind."""
RECALL_SECONDS = 2.0
CHANGED = "update published.national_series set value = 4711"


def figures(service: Serving) -> set[str]:
    answer = service.get(f"{FIGURES}&indicator=COMPLAINTS").text
    return {line.split(",")[6] for line in answer.splitlines()[1:]}


@contextmanager
def load(service: Serving) -> Iterator[Counter[int]]:
    """Ask for every kind of answer without a pause, by three clients; count the statuses."""
    statuses: Counter[int] = Counter()
    is_over = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=service.url, timeout=30) as client:
            while not is_over.is_set():
                for path in KINDS:
                    statuses[client.get(path).status_code] += 1

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for each in threads:
        each.start()
    try:
        yield statuses
    finally:
        is_over.set()
        for each in threads:
            each.join()


def serves(service: Serving, identity: str):
    return lambda: service.get("/healthz").json()["version"] == identity


def test_a_switch_costs_no_request(service: Serving, versions: Published) -> None:
    assert figures(service) != {"4711"}
    etags = {path: service.get(path).headers["etag"] for path in KINDS}
    with load(service) as statuses:
        for number in (4, 5):
            versions.lead(versions.lay(number, in_warehouse(CHANGED)))
            identity = f"2026-01-0{number}T000000.000Z-0000000{number}"
            service.until(serves(service, identity), 20)
    assert {*statuses} == {200}
    assert statuses[200] > len(KINDS)
    assert figures(service) == {"4711"}
    assert service.get("/en/", if_none_match=etags["/en/"]).status_code == 200
    assert service.get(FIGURES, if_none_match=etags[FIGURES]).status_code == 200
    assert service.get("/extracts/json/ARG.json").headers["etag"] in etags.values()


def test_a_version_that_cannot_be_read_leaves_the_one_before(
    service: Serving, versions: Published
) -> None:
    def break_it(folder: Path) -> None:
        (folder / "warehouse" / "tipstat.duckdb").unlink()

    before = service.get("/healthz").json()["version"]
    broken = versions.lay(6, break_it)
    versions.lead(broken)
    service.until(lambda: broken in service.get("/healthz").json()["problem"], 20)
    assert service.get("/healthz").json()["version"] == before
    assert service.get(FIGURES).status_code == 200
    versions.lead(before)
    service.until(lambda: not service.get("/healthz").json()["problem"], 20)


def gone(service: Serving):
    return lambda: all(service.get(path).status_code == 503 for path in KINDS)


def test_a_recall_is_gone_from_every_answer(service: Serving, versions: Published) -> None:
    now = service.get("/healthz").json()["version"]
    etag = service.get(FIGURES).headers["etag"]
    versions.folder(now).rename(versions.folder(f".{now}"))
    service.until(gone(service), RECALL_SECONDS)
    answer = service.get(FIGURES)
    assert "4711" not in answer.text
    assert int(answer.headers["retry-after"]) > 0
    assert "tipstat-version" not in answer.headers
    assert service.get(FIGURES, if_none_match=etag).status_code == 503
    assert service.get(f"/versions/{now}/site/index.html").status_code == 410
    assert service.get("/healthz").status_code == 503
    versions.lead(versions.lay(7))
    service.until(lambda: service.get(FIGURES).status_code == 200, 20)
    assert figures(service) != {"4711"}


def test_a_manifest_that_was_changed_in_place_is_a_recall(
    service: Serving, versions: Published
) -> None:
    now = service.get("/healthz").json()["version"]
    etag = service.get("/en/").headers["etag"]
    folder = versions.folder(now)
    page = folder / "site" / "en" / "index.html"
    page.write_text("another page", encoding="utf-8")
    versions.seal(now)

    def is_new() -> bool:
        return service.get("/en/", if_none_match=etag).text == "another page"

    service.until(is_new, 20)
