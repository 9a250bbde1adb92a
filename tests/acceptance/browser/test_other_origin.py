"""A page of another site reads the service, its refusals and versions included."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Serving, serving

pytestmark = pytest.mark.enable_socket  # for the service on this machine

ELSEWHERE = "http://localhost:9/"
READ = """async address => {
    const answer = await fetch(address);
    return [answer.status, await answer.text(), answer.headers.get("tipstat-version")];
}"""


@pytest.fixture
def service(published: Path) -> Iterator[Serving]:
    with serving(published) as running:
        yield running


def test_a_page_of_another_site_reads_figures_and_refusals(tab, service: Serving) -> None:
    page = tab.page
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="<p>", content_type="text/html"))
    page.goto(ELSEWHERE)
    assert page.evaluate("origin") == ELSEWHERE.strip("/")
    data = f"{service.url}/sdmx/v2/data/dataflow/TIPSTAT/DF_NATIONAL"
    status, text, version = page.evaluate(READ, data)
    assert status == 200
    assert json.loads(text)["data"]["dataSets"]
    assert version == service.get("/healthz").json()["version"]
    status, text, _ = page.evaluate(READ, f"{data}?c[FOO]=1")
    assert (status, "FOO" in text) == (400, True)
    page.goto("about:blank")
    page.unroute(f"{ELSEWHERE}**")
