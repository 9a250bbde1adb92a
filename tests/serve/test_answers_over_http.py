"""What the service answers, and how: figures, files, headers, refusals."""

import csv
import gzip
import io
import json
import re
from pathlib import Path

import duckdb
import httpx
import pytest
from serving import Published, Serving, in_warehouse

from pipelines.serve import plain
from pipelines.serve.application import Service
from pipelines.serve.message import Answer, Ask
from pipelines.serve.snapshot import open_version

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]

NATIONAL = "/api/v1/national.csv"
SPLIT = {"remarks": ";", "remark_texts": " | "}


def rows(answer: httpx.Response | Answer, separator: str = ",") -> list[dict[str, str]]:
    content = answer.body if isinstance(answer, Answer) else answer.content
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def test_what_openapi_describes_is_what_there_is(service: Serving) -> None:
    document = service.get("/openapi.json").json()
    assert document["servers"] == [{"url": service.url}]
    routes = [route.path_regex for route in Service("", print).routes()]
    described = [re.sub(r"{\w+}", "x", path) for path in document["paths"]]
    answering = {next(route for route in routes if route.match(path)) for path in described}
    assert answering == {*routes}
    for path, operation in document["paths"].items():
        named = {each["name"]: each for each in operation["get"]["parameters"]}
        assert {*re.findall(r"{(\w+)}", path)} == {n for n, e in named.items() if e["in"] == "path"}
        table = path.removeprefix(plain.ROOT).partition(".")[0]
        in_query = [name for name, each in named.items() if each["in"] == "query"]
        assert in_query == list(plain.TABLES.get(table, ()))


def test_what_openapi_gives_as_examples_is_answered(service: Serving) -> None:
    version = service.get("/healthz").json()["version"]
    for path, operation in service.get("/openapi.json").json()["paths"].items():
        asked = {each["name"]: each["example"] for each in operation["get"]["parameters"]}
        url = re.sub(r"{(\w+)}", lambda name: asked.pop(name[1]), path)  # noqa: B023
        url = re.sub(r"\d{4}-\d\d-\d\dT[^/]+", version, url)
        answer = service.client.get(url, params=asked)
        assert answer.status_code == 200, (url, answer.text)
        [media] = operation["get"]["responses"]["200"]["content"]
        assert media == "*/*" or answer.headers["content-type"].startswith(media)


def test_the_figure_to_cite(service: Serving, parts: Path) -> None:
    given = rows(service.get(f"{NATIONAL}?indicator=COMPLAINTS&state=arg&from=2021&lang=es"))
    with duckdb.connect(parts / "tipstat.duckdb", read_only=True) as connection:
        known = connection.execute(
            "select year, value, value_raw from published.national_series"
            " where ref_area = 'ARG' and indicator = 'COMPLAINTS' and year >= 2021 order by year"
        ).fetchall()
    assert [(int(r["year"]), float(r["value"]), r["printed"]) for r in given] == known
    assert {each["state_name"] for each in given} == {"Argentina"}
    assert {each["indicator_name"] for each in given} == {"Denuncias recibidas"}
    assert all(each["citation"] and each["publisher"] for each in given)
    assert given[0]["remarks"].split(";")
    as_json = service.get("/api/v1/national.json?indicator=COMPLAINTS&state=ARG&from=2021").json()
    assert [each["value"] for each in as_json] == [value for _, value, _ in known]


def test_excel_opens_it_as_it_is(service: Serving) -> None:
    answer = service.get(f"{NATIONAL}?excel=1&lang=pt")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    given = rows(answer, ";")
    plain_rows = rows(service.get(f"{NATIONAL}?lang=pt"))
    assert [each["value"].replace(",", ".") for each in given] == [r["value"] for r in plain_rows]
    assert any("," in each["value"] for each in given)


COMMAS = """
    update published.national_series
    set value = if(year % 2 = 0, 79, 1757), value_raw = if(year % 2 = 0, '79,0', '1,757')
    where value is not null and value_raw is not null
"""


def test_what_excel_shows_as_printed_is_no_other_number(versions: Published) -> None:
    version = open_version(versions.folder(versions.lay(4, in_warehouse(COMMAS))))
    for language, separator in (("en", ","), ("pt", ";")):
        asked = Ask(NATIONAL, f"lang={language}")
        for_excel = Ask(NATIONAL, f"lang={language}&excel=1")
        both = [plain.respond(version.connection.cursor(), each) for each in (asked, for_excel)]
        every, given = (rows(answer, by) for answer, by in zip(both, (",", separator), strict=True))
        assert {"79,0", "1,757"} <= {row["printed"] for row in every}
        for row, excel in zip(every, given, strict=True):
            is_exact = row["printed"] and row["value"]
            assert excel["printed"] == (excel["value"] if is_exact else row["printed"])


def test_remarks_in_words_are_those_of_sdmx_and_can_be_split(service: Serving) -> None:
    for name, flow in (("national", "DF_NATIONAL"), ("newest", "DF_NEWEST")):
        for language in plain.LANGUAGES:
            ours = rows(service.get(f"/api/v1/{name}.csv?lang={language}"))
            theirs = {
                (row["REF_AREA"], row["INDICATOR"], row["TIME_PERIOD"]): row
                for row in rows(
                    service.get(f"/sdmx/v2/data/dataflow/TIPSTAT/{flow}/~/*?format=csv")
                )
            }
            assert len(ours) == len(theirs)
            assert any(" | " in row["remark_texts"] for row in ours)
            for row in ours:
                same = theirs[row["state"], row["indicator"], row["period"]]
                assert row["remarks"] == same["REMARKS"]
                assert row["remark_texts"] == same[f"REMARK_{language.upper()}"]
                parts = [row[each] and row[each].split(by) for each, by in SPLIT.items()]
                assert len(parts[0]) == len(parts[1])


def test_sentences_and_remarks_of_a_state(service: Serving) -> None:
    said = {each["question"]: each for each in rows(service.get("/api/v1/sentences.csv?state=ARG"))}
    document = service.get("/api/v1/states/arg.json").json()
    answers = {each["question"]: each["text"]["en"] for each in document["answers"]}
    assert answers == {question: each["text"] for question, each in said.items()}
    assert any(each["remarks"] for each in document["figures"])


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("national.csv?stat=ARG", 400, "state, indicator"),
        ("national.csv?state=ARH", 400, "did you mean ARG?"),
        ("national.csv?state=", 400, "no state ''"),
        ("national.csv?state=ARG&state=USA", 400, "twice"),
        ("national.csv?lang=de", 400, "en, es, pt, fr"),
        ("national.csv?from=20", 400, "a year"),
        ("national.csv?excel=yes", 400, "excel"),
        ("newest.csv?from=2020", 400, "no parameter 'from'"),
        ("national.csv?state=" + "ARG," * 100 + "ARG", 413, "100"),
        ("national.xml", 404, "national.csv"),
        ("codes/none.csv", 404, "no such file"),
        ("national.csv?state=%27);drop table national_en;--", 400, "no state"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(
    service: Serving, asked: str, status: int, told: str
) -> None:
    answer = service.get(f"/api/v1/{asked}")
    assert answer.status_code == status
    assert told in answer.json()["errors"][0]["title"]
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


@pytest.mark.parametrize("path", [NATIONAL, "/en/", "/extracts/releases.csv", "/openapi.json"])
def test_who_has_an_answer_is_not_sent_it_again(service: Serving, path: str) -> None:
    first = service.get(path)
    assert first.headers["cache-control"] == "public, max-age=300, must-revalidate"
    again = service.get(path, if_none_match=f'W/"other", {first.headers["etag"]}')
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert service.get(path, if_none_match='"other"').content == first.content


@pytest.mark.parametrize("path", [NATIONAL, "/en/", "/extracts/codelists/area.csv"])
def test_compression_is_an_answer_of_its_own(service: Serving, path: str) -> None:
    zipped = service.client.send(service.client.build_request("GET", path), stream=True)
    raw = b"".join(zipped.iter_raw())
    assert zipped.headers["content-encoding"] == "gzip"
    bare = service.get(path, accept_encoding="gzip;q=0, identity")
    assert "content-encoding" not in bare.headers
    assert gzip.decompress(raw) == bare.content
    assert zipped.headers["etag"] != bare.headers["etag"]
    assert "Accept-Encoding" in bare.headers["vary"]


def test_head_has_the_same_headers_and_no_body(service: Serving) -> None:
    for path in (NATIONAL, "/", "/healthz", "/nothing"):
        whole, head = service.get(path), service.client.head(path)
        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert head.headers["content-length"] == whole.headers["content-length"]


@pytest.mark.parametrize("path", ["/", NATIONAL, f"{NATIONAL}?x=1", "/nothing", "/healthz", "/en"])
def test_every_answer_can_be_read_from_another_origin(service: Serving, path: str) -> None:
    answer = service.get(path, origin="https://example.org")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["tipstat-version"] == "2026-01-01T000000.000Z-00000001"
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    policy = answer.headers.get("content-security-policy", "")
    assert policy == ("" if is_page else "default-src 'none'; frame-ancestors 'none'; sandbox")
    assert "server" not in answer.headers


def test_only_reading_is_offered(service: Serving) -> None:
    asked = service.client.options(NATIONAL, headers={"access-control-request-method": "GET"})
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
        answer = service.client.request(method, NATIONAL)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    long = service.get(f"{NATIONAL}?state={'ARG,' * 2500}")
    assert long.status_code == 414


@pytest.mark.parametrize(
    "path",
    [
        "/extracts/../manifest.json",
        "/extracts/..%2fmanifest.json",
        "/extracts/%2e%2e/manifest.json",
        "/..%2f..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/extracts/..%2fwarehouse/tipstat.duckdb",
        "/versions/2026-01-01T000000.000Z-00000001/warehouse/tipstat.duckdb",
        "/versions/2026-01-01T000000.000Z-00000001/extracts/..%2fmanifest.json",
        "/versions/..%2f2026-01-01T000000.000Z-00000001/extracts/README.md",
        "/versions/../current/extracts/README.md",
        "/api/v1/codes/..%2freleases.csv",
        "/en/%00",
    ],
)
def test_no_path_leads_out_of_the_manifest(service: Serving, path: str) -> None:
    target = service.client.build_request("GET", "/")
    target.url = target.url.copy_with(raw_path=path.encode())
    assert service.client.send(target).status_code == 404


def test_a_folder_is_its_index(service: Serving) -> None:
    answer = service.get("/en")
    assert (answer.status_code, answer.headers["location"]) == (308, "/en/")
    assert service.get("/en/").text == service.get("/en/index.html").text


def test_a_part_of_a_file(service: Serving) -> None:
    path = "/extracts/csv/national_series.csv.gz"
    whole, part = service.get(path), service.get(path, range="bytes=0-1")
    assert (part.status_code, part.content) == (206, whole.content[:2])
    assert whole.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in whole.headers


def test_the_database_that_pages_offer_is_there(service: Serving, versions: Published) -> None:
    part = service.get("/warehouse/tipstat.duckdb", range="bytes=0-15")
    assert part.content == (versions.parts / "tipstat.duckdb").read_bytes()[:16]


def test_kept_versions_last_as_long_as_they_are_there(
    service: Serving, versions: Published
) -> None:
    kept = versions.lay(2)
    path = f"/versions/{kept}/site/en/index.html"
    answer = service.get(path)
    assert kept in answer.text
    assert answer.headers["cache-control"] == "public, max-age=86400"
    assert answer.headers["tipstat-version"] == kept
    for place in ("extracts", "site/extracts"):  # as machines ask, and as a page links
        found = service.get(f"/versions/{kept}/{place}/json/ARG.json")
        assert found.json()["area"] == "ARG"
    first = service.client.get(f"/versions/{kept}/", follow_redirects=True)
    assert first.url.path == f"/versions/{kept}/site/index.html"
    versions.folder(kept).rename(versions.folder(f".{kept}"))
    assert service.get(path).status_code == 410
    assert service.get(path, if_none_match=answer.headers["etag"]).status_code == 410
    assert service.get("/versions/none/site/index.html").status_code == 404


def test_a_file_that_was_changed_by_hand_is_not_sent(service: Serving, versions: Published) -> None:
    kept = versions.lay(3)
    path = f"/versions/{kept}/site/index.html"
    assert service.get(path).status_code == 200
    (versions.folder(kept) / "site" / "index.html").write_text("other figures", encoding="utf-8")
    assert service.get(path).status_code == 500
    (versions.folder(kept) / "site" / "index.html").unlink()
    assert service.get(path).status_code == 404


def test_health(service: Serving) -> None:
    answer = service.get("/healthz")
    assert json.loads(answer.text)["status"] == "ok"
    assert answer.headers["cache-control"] == "no-store"
