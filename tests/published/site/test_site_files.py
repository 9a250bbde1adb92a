"""The interface texts, and the files of the site as a whole."""

import re
from pathlib import Path

import short_runs
from conftest import ROOT
from invented_site import invented_warehouse
from parsed_page import every_page

from pipelines.published.site import build
from pipelines.published.site.build import build_site
from pipelines.published.site.pages import home
from pipelines.questionnaire import checks_as_data
from pipelines.words import interface_text

QUOTED = re.compile(r"""(?<=["'|])\w+(?=["'|])""")
BEGINNING = re.compile(r'["\'](\w+_)(?:\{|["\'] ~)')
"""The beginning of a code whose end depends on facts: `f"verdict_{code}"`, `"verdict_" ~ code`."""


def test_every_text_is_used():
    folders = (ROOT / "pipelines" / "published", ROOT / "pipelines" / "words")
    sources = [file for room in folders for kind in ("*.py", "*.j2") for file in room.rglob(kind)]
    text = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    used, begun = set(QUOTED.findall(text)), tuple(BEGINNING.findall(text))
    codes = interface_text.labels("en")
    assert [code for code in codes if code not in used and not code.startswith(begun)] == []


def test_only_what_changed_is_written_and_stale_pages_go(invented, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "KINDS", (home,))
    short_runs.in_language("en", monkeypatch.setattr)
    made = build_site(invented, tmp_path)
    assert (made.pages, made.index) == (len(every_page(tmp_path)), tmp_path / "index.html")
    assert build_site(invented, tmp_path).written == 0
    changed, stale = tmp_path / "en/index.html", tmp_path / "en/country/old.html"
    stale.parent.mkdir()
    right = changed.read_text(encoding="utf-8")
    changed.write_text("spoilt", encoding="utf-8")
    stale.write_text("old", encoding="utf-8")
    assert build_site(invented, tmp_path).written == 1
    assert changed.read_text(encoding="utf-8") == right
    assert not stale.exists()


def test_a_warehouse_without_figures_has_the_pages_of_the_shipped_one(
    built, shipped, tmp_path, monkeypatch
):
    short_runs.in_language("en", monkeypatch.setattr)
    empty = invented_warehouse(built, tmp_path / "empty.duckdb", figures="", withheld="")
    build_site(empty, tmp_path / "site", form_rules=checks_as_data.data())
    pages, of_shipped = (
        {file.relative_to(site / "en") for file in every_page(site / "en")}
        for site in (tmp_path / "site", shipped)
    )
    of_indicators_with_figures = {page for page in of_shipped if page.parent.name == "indicator"}
    assert of_shipped - pages <= of_indicators_with_figures
    assert pages <= of_shipped
    assert Path("indicator/index.html") in pages
