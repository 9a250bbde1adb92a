"""The examples of deploy/ and docs/hosting.md, in Debian's nginx and Caddy, at a host or a path.

Each page's links lead somewhere, and machines get through a proxy what the service answers.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from command import WHOLE
from conftest import ROOT, SMALL
from kept_sources import keep_only, own_project
from lxml import html
from serving import Serving, serving

pytestmark = [pytest.mark.slow, pytest.mark.exhaustive, pytest.mark.enable_socket]

HOST = "stats.example.org"
PAGES = ("", "en/", "en/data.html", "es/country/jam.html", "pt/indicator/", "fr/explorer.html")
MACHINES = ("catalog.ttl", "sitemap.xml", "robots.txt", "healthz")
QUERY = "sdmx/v2/data/dataflow/TIPSTAT/DF_NATIONAL/*/*?c[REF_AREA]=ARG,CAN&format=csv"
NGINX = """\
daemon off;
pid {folder}/pid;
events {{}}
http {{
    access_log off;
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site;
}}
"""
"""What Debian's nginx.conf has around a site, in a folder of the test."""


@pytest.fixture(scope="module")
def home(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of small sources after a run with an address."""
    folder = tmp_path_factory.mktemp("hosted")
    with pytest.MonkeyPatch.context() as patch:
        own_project(shipped_home, folder, patch)
        keep_only(*SMALL)
        patch.setenv("TIPSTAT_BASE_URL", f"https://{HOST}/tip")
        subprocess.run([sys.executable, *WHOLE, "run"], cwd=folder, check=True)
    return folder


def installed(program: str) -> str:
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        pytest.skip(f"no {program}: `make test-hosting` installs it")
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def running(command: list[str | Path], port: int, folder: Path) -> Iterator[httpx.Client]:
    """Run a web server until the block ends."""
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    patient = httpx.HTTPTransport(retries=8)  # until it listens
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | home) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=patient, timeout=30) as client,
    ):
        try:
            yield client
        finally:
            server.terminate()


@contextmanager
def nginx(site: str, port: int, folder: Path) -> Iterator[httpx.Client]:
    """Run nginx with a site that listens at a port."""
    program = installed("nginx")
    (folder / "site").write_text(site.replace("listen 80;", f"listen 127.0.0.1:{port};"), "utf-8")
    user = "user root;\n" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(user + NGINX.format(folder=folder), encoding="utf-8")
    command = [program, "-e", "stderr", "-p", folder, "-c", folder / "nginx.conf"]
    with running(command, port, folder) as client:
        yield client


@contextmanager
def caddy(site: str, port: int, folder: Path) -> Iterator[httpx.Client]:
    """Run Caddy with a site that listens at a port, without certificates."""
    program = installed("caddy")
    site = site.replace(f"\n{HOST} {{", f"\nhttp://127.0.0.1:{port} {{")
    site = site.replace("\n{\n", "\n{\n\tadmin off\n", 1)
    (folder / "Caddyfile").write_text(site, encoding="utf-8")
    command = [program, "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"]
    with running(command, port, folder) as client:
        yield client


def of_nginx(base: str, to: str) -> str:
    """The example for nginx, changed for a path as its head says."""
    site = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    return site.replace("location /", f"location {base}/").replace("127.0.0.1:8080", to)


def of_caddy(base: str, to: str) -> str:
    """The example for Caddy, likewise."""
    site = (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")
    line = f"reverse_proxy {to}"
    asked = f"handle {base}* {{\n{line}\n}}\nhandle {{\nrespond 404\n}}" if base else line
    return site.replace("reverse_proxy 127.0.0.1:8080", asked)


PROXIES: dict[str, tuple[Callable, Callable]] = {
    "nginx": (nginx, of_nginx),
    "caddy": (caddy, of_caddy),
}


@pytest.fixture(scope="module", params=["", "/tip"], ids=["host", "path"])
def service(request: pytest.FixtureRequest, home: Path) -> Iterator[tuple[str, Serving]]:
    """The service at a host of its own, then under a path; with its base path."""
    base = request.param
    with serving(home, *(["--base-path", base] if base else [])) as found:
        yield base, found


@pytest.fixture(scope="module", params=PROXIES)
def proxy(
    request: pytest.FixtureRequest, service: tuple[str, Serving], tmp_path_factory
) -> Iterator[tuple[str, httpx.Client, Serving]]:
    """Each web server in front of each service: base path, a client of it, the service."""
    run, example = PROXIES[request.param]
    base, behind = service
    folder = tmp_path_factory.mktemp(request.param)
    with run(example(base, urlsplit(behind.url).netloc), free_port(), folder) as client:
        yield base, client, behind


def broken(client: httpx.Client, base: str, pages: tuple[str, ...]) -> list[str]:
    """The links of pages that lead nowhere, or out of the site's address."""
    found = {}
    for page in pages:
        answer = client.get(f"{base}/{page}")
        assert answer.status_code == 200, page
        links = html.document_fromstring(answer.content).xpath("//a/@href | //link/@href | //@src")
        for link in {*links}:
            if not link.startswith(("https:", "data:", "mailto:", "#")):
                path = urlsplit(urljoin(f"{base}/{page}", link)).path
                found[path] = f"{page}: {link}"
    assert len(found) > 100
    return [
        f"{link} leads to {path}"
        for path, link in found.items()
        if not path.startswith(f"{base}/") or client.head(path).status_code != 200
    ]


def test_every_link_of_a_page_leads_somewhere_below_the_address(proxy) -> None:
    base, client, _ = proxy
    assert broken(client, base, PAGES) == []


def test_machines_get_what_the_service_answers(proxy) -> None:
    base, client, behind = proxy
    for path in (*MACHINES, QUERY, "api/v1/national.csv?state=ARG", "extracts/releases.csv"):
        through = client.get(f"{base}/{path}")
        direct = behind.get(f"/{path}", host=client.base_url.netloc.decode())
        assert (through.status_code, through.content) == (200, direct.content), path
        kept = ("content-type", "cache-control", "etag", "vary", "access-control-allow-origin")
        assert [through.headers.get(name) for name in kept] == [
            direct.headers.get(name) for name in kept
        ], path


def test_who_has_an_answer_is_not_sent_it_again(proxy) -> None:
    base, client, _ = proxy
    for path in (QUERY, "en/data.html"):
        first = client.get(f"{base}/{path}")
        headers = {"if-none-match": first.headers["etag"]}
        assert client.get(f"{base}/{path}", headers=headers).status_code == 304


def test_addresses_are_those_that_the_reader_asked(proxy) -> None:
    """The service knows the reader's host; redirects stay below the path."""
    base, client, _ = proxy
    address = f"http://{client.base_url.netloc.decode()}{base}"
    assert client.get(f"{base}/openapi.json").json()["servers"] == [{"url": address}]
    for path in ("/en", *([""] if base else [])):
        answer = client.get(f"{base}{path}", follow_redirects=True)
        assert (str(answer.url), answer.status_code) == (f"{address}{path}/", 200)


def test_only_what_is_published_is_answered(proxy) -> None:
    base, client, _ = proxy
    for path in ("extracts/..%2f..%2fmanifest.json", "../manifest.json", "extracts/%2e%2e/x"):
        assert client.get(f"{base}/{path}").status_code in (400, 404)
    assert client.post(f"{base}/{QUERY}", content=b"x").status_code == 405
    if base:
        assert client.get("/en/").content != client.get(f"{base}/en/").content


def test_who_asks_too_much_is_told_so_by_nginx(service, tmp_path: Path) -> None:
    base, behind = service
    site = of_nginx(base, urlsplit(behind.url).netloc)
    with nginx(site, free_port(), tmp_path) as client:
        asked = [client.get(f"{base}/api/v1/codes/sex.csv").status_code for _ in range(100)]
        assert set(asked) == {200, 429}
        assert asked[:40] == [200] * 40
        assert {client.get(f"{base}/en/").status_code for _ in range(50)} == {200}


def test_the_image_of_the_site_has_all_that_it_needs(home: Path, monkeypatch) -> None:
    """The command of deploy/Containerfile.site, with no other package than its requirements."""
    recipe = (ROOT / "deploy/Containerfile.site").read_text(encoding="utf-8")
    [command] = re.findall(r"^CMD (.*)$", recipe, re.MULTILINE)
    words = [word.replace("0.0.0.0", "127.0.0.1") for word in json.loads(command)]
    alone = [sys.executable, str(Path(__file__).with_name("site_only.py")), *words, "--port", "0"]
    monkeypatch.setattr("serving.COMMAND", alone)
    with serving(home) as service:
        for form in ("csv", "csv10", "jsondata", "xml30", "xml21", "genericdata"):
            answer = service.get(f"/{QUERY.replace('csv', form)}")
            assert (answer.status_code, bool(answer.content)) == (200, True), form
        metadata = "sdmx/v2/metadata/structure/codelist/TIPSTAT/CL_DATA_SOURCE"
        structure = "sdmx/v2/structure/dataflow/TIPSTAT/DF_NATIONAL?references=descendants"
        for path in (*PAGES, *MACHINES, metadata, structure, "api/v1/national.csv?lang=fr"):
            assert service.get(f"/{path}").status_code == 200, path


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_files_alone_are_a_whole_site(home: Path, tmp_path: Path, server: str) -> None:
    """As docs/hosting.md has it: the folder of the site, with what its links lead to."""
    page = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
    [site] = re.findall(rf"```{server}\n(.*?)```", page, re.DOTALL)
    [copied] = re.findall(r"^cp (-\S+) data/published/site/\. ", page, re.MULTILINE)
    folder = tmp_path / "www"
    folder.mkdir()
    source = home / "data/published/site"
    subprocess.run(["cp", copied, f"{source}/.", folder], check=True)
    run, _ = PROXIES[server]
    site = "\n" + site.replace("/var/www/tipstat", str(folder))
    site = site if server == "nginx" else "\n{\n}" + site
    with run(site, free_port(), tmp_path) as client:
        assert broken(client, "", PAGES) == []
        turtle = client.get("/extracts/catalog.ttl")
        assert turtle.headers["content-type"].startswith("text/turtle")
        assert turtle.headers["cache-control"] == "public, max-age=300, must-revalidate"
        document = client.get("/extracts/catalog.jsonld")
        assert document.headers["content-type"].startswith("application/ld+json")
        assert client.get("/en/data.html").headers.get("content-encoding") == "gzip"
