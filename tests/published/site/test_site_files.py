"""The index, the interface texts and the files of the site as a whole."""

import re

from conftest import ROOT
from invented_site import HOSTILE, Page, every_page, invented_warehouse

from pipelines.published.i18n import interface_text
from pipelines.published.site import build
from pipelines.published.site.build import build_site
from pipelines.published.site.pages import home


def test_index_shows_coverage(site):
    ((_, *rows),) = Page(site / "en" / "index.html").tables()
    assert [row for row in rows if len(row) > 2 and row[0] != HOSTILE] == [
        ["Argentina", "2014", "2022", "8", "1"],
        ["Brazil", "2020", "2020", "1", "0"],
        ["Chile", "2021", "2022", "2", "2"],
        ["Dominica", "2013", "2013", "1", "0"],
        ["United States", "2021", "2022", "2", "0"],
    ]


def test_only_sources_that_are_used_are_described(site):
    described = Page(site / "en" / "data.html").all("dl", **{"class": "source"})
    assert [attributes["id"] for attributes, _ in described] == [
        "source-int_tests", "source-ref_wpp",
    ]  # fmt: skip


def test_every_text_is_used():
    folder = ROOT / "pipelines" / "published"
    sources = [*folder.rglob("*.py"), *folder.rglob("*.j2")]
    used = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    composed = (
        r"(victims|chain|per_contact|per_prosec|per_convict|rule|key|subtitle|home|definition"
        r"|trend|others?|sum|rates|sides|treaties|status"
        r"|sex_age|forms|citizenship|told|parts?|by|named|figure"
        r"|alt_\w+(?=_rate)"
        r"|dimension|multiples_counts|multiples_rates|needs_why|gaps_years|revisions"
        r"|citation|card|door|method|must_hold|kept_out|standard|list|data|about)_\w+"
    )
    idle = [
        code
        for code in interface_text.labels("site_text", "en")
        if f'"{code}"' not in used and f"'{code}'" not in used and not re.fullmatch(composed, code)
    ]
    assert idle == []


def test_a_second_build_writes_nothing(invented, site):
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    built = build_site(invented, site)
    assert (built.pages, built.written) == (len(every_page(site)), 0)
    assert built.index == site / "index.html"
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before


def test_only_what_changed_is_written_and_stale_pages_go(invented, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "KINDS", (home,))
    build_site(invented, tmp_path)
    changed, stale = tmp_path / "en/index.html", tmp_path / "en/country/old.html"
    stale.parent.mkdir()
    right = changed.read_text(encoding="utf-8")
    changed.write_text("spoilt", encoding="utf-8")
    stale.write_text("old", encoding="utf-8")
    assert build_site(invented, tmp_path).written == 1
    assert changed.read_text(encoding="utf-8") == right
    assert not stale.exists()


def test_a_warehouse_without_figures_has_every_page_but_those_of_comparisons(built, site, tmp_path):
    """Pages of comparisons and of the coverage of an indicator need figures."""
    empty = invented_warehouse(built, tmp_path / "empty.duckdb", figures="", withheld="")
    build_site(empty, tmp_path / "site")
    whole, bare = (
        {file.relative_to(folder) for file in every_page(folder)}
        for folder in (site, tmp_path / "site")
    )
    assert bare < whole
    assert {page.parts[1] for page in whole - bare} <= {"compare", "gaps"}
