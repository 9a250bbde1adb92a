"""The shipped pages in English: valid HTML, and no broken link; none is too heavy.

Templates are the same in each language, and the parser is slow.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from justhtml import JustHTML
from parsed_page import Page, every_page, tidy
from valid_html import addresses, elements, faults, parsed

from pipelines.published.versions.version import LINKED


@pytest.fixture(scope="module")
def documents(shipped) -> dict[Path, JustHTML]:
    files = [shipped / "index.html", *every_page(shipped / "en")]
    return {file: parsed(file.read_text(encoding="utf-8")) for file in files}


def test_every_page_is_valid_html(documents):
    wrong = {
        str(file): faults(file.read_text(encoding="utf-8"), document)
        for file, document in documents.items()
    }
    assert {file: found[:3] for file, found in wrong.items() if found} == {}


HEAVIEST = 260_000
"""Bytes of a page without the scripts and styles that all pages share."""


def test_no_page_is_too_heavy_for_a_slow_line(shipped):
    sizes = {file.relative_to(shipped): file.stat().st_size for file in every_page(shipped)}
    assert {file: size for file, size in sizes.items() if size >= HEAVIEST} == {}


def test_every_link_leads_somewhere(shipped, documents):
    assert broken(shipped, documents) == []


def broken(site: Path, documents: dict[Path, JustHTML]) -> list[str]:
    """Return the links to a missing file or anchor."""
    anchors = {
        file: {each.attrs["id"] for each in elements(document) if "id" in each.attrs}
        for file, document in documents.items()
    }
    wrong = []
    for file, document in documents.items():
        for address in {*addresses(document)}:
            parts = urlsplit(address)
            if parts.scheme in ("https", "data"):
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            if target.is_relative_to(site.resolve()) and (
                target.relative_to(site.resolve()).parts[0] in {str(part) for part in LINKED}
            ):
                continue  # a version has these
            if (not target.is_file() and target.is_relative_to(site.resolve())) or (
                parts.fragment
                and "=" not in parts.fragment  # the state of the explorer, no place on its page
                and unquote(parts.fragment) not in anchors.get(target, ())
            ):
                wrong.append(f"{file}: {address}")
    return wrong


def test_every_drawn_chart_has_its_source_and_its_unit(shipped):
    drawn = 0
    for file in every_page(shipped / "en"):
        page = Page(file)
        for anchor, chart in page.drawn().get("charts", {}).items():
            [block] = page.root.xpath(f"//section[@id='{anchor}']")
            assert chart["source"], (file, anchor)
            assert block.xpath("string(p[@class='source'])"), (file, anchor)
            assert chart["title"] == tidy(block.xpath("string(h2)")), (file, anchor)
            drawn += 1
    assert drawn > 100


PAGE = '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    "spoilt",
    [
        "<p><div>block in a line</div></p>", "<ul><p>no item</p></ul>", "<a href='#x'><p>p</p></a>",
        "<p id='a'></p><p id='a'></p>", "<table><p>1</p></table>",
        "<p aria-labelledby='nobody'>p</p>", "<div><li>stray</li></div>", "<p>&nosuch;</p>",
        "<button><a href='#x'>link</a></button>", "<p class='a' class='b'>p</p>",
    ],
)  # fmt: skip
def test_invalid_html_is_found(spoilt):
    fine, wrong = PAGE.format("<p>fine &amp; well</p>"), PAGE.format(spoilt)
    assert faults(fine, parsed(fine)) == []
    assert faults(wrong, parsed(wrong))


@pytest.mark.parametrize("address", ["nowhere.html", "#nowhere", "b.html#nowhere"])
def test_a_broken_link_is_found(tmp_path, address):
    file, other = tmp_path / "a.html", tmp_path / "b.html"
    other.write_text("")
    pages = {
        file: parsed(PAGE.format(f"<a href='{address}'>away</a>")),
        other: parsed(PAGE.format("<p id='here'>here</p>")),
    }
    assert broken(tmp_path, pages) == [f"{file}: {address}"]
