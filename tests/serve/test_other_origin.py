"""A page of another site reads the service, its refusals and version included."""

import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browser.visiting import FLAGS
from serving import Serving

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]  # for the servers on this machine
READ = """async address => {
    const answer = await fetch(address);
    return [answer.status, await answer.text(), answer.headers.get("tipstat-version")];
}"""


class Elsewhere(SimpleHTTPRequestHandler):
    """Another site."""

    def log_message(self, *_: object) -> None:
        """Print no line for each request."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "index.html").write_text("<!DOCTYPE html><p>", encoding="utf-8")
    handler = partial(Elsewhere, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{host.server_port}"
        host.shutdown()


def test_a_page_of_another_site_reads_figures_and_refusals(
    service: Serving, elsewhere: str
) -> None:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no Chromium: apt-get install chromium (Debian's package)")
    data = f"{service.url}/sdmx/v2/data/dataflow/TIPSTAT/DF_NATIONAL"
    with sync_api.sync_playwright() as playwright:
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
