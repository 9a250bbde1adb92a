"""A page of another site reads the service, its refusals and version included."""

import json
import shutil
from pathlib import Path

import pytest
from browser.visiting import FLAGS, served
from serving import Serving

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]  # for the servers on this machine
READ = """async address => {
    const answer = await fetch(address);
    return [answer.status, await answer.text(), answer.headers.get("tipstat-version")];
}"""


def test_a_page_of_another_site_reads_figures_and_refusals(
    service: Serving, tmp_path: Path
) -> None:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no Chromium: apt-get install chromium (Debian's package)")
    data = f"{service.url}/sdmx/v2/data/dataflow/TIPSTAT/DF_NATIONAL"
    (tmp_path / "index.html").write_text("<!DOCTYPE html><p>", encoding="utf-8")
    with served(tmp_path) as elsewhere, sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page()
        page.goto(elsewhere)
        assert page.evaluate("origin") == elsewhere != service.url
        found, refused = (page.evaluate(READ, each) for each in (data, f"{data}?c[FOO]=1"))
        browser.close()
    status, text, version = found
    assert status == 200
    assert json.loads(text)["data"]["dataSets"]
    assert version == service.get("/healthz").json()["version"]
    status, text, _ = refused
    assert (status, "FOO" in text) == (400, True)
