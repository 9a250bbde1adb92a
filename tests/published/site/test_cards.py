"""The pictures that other sites show beside a link to a state's page."""

import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest
import short_runs
from parsed_page import Page

from pipelines.published.charts.drawing import Chart, Sheet
from pipelines.published.charts.table import Table
from pipelines.published.images import cards
from pipelines.published.kept import Earlier
from pipelines.published.site import build, card
from pipelines.published.site.block import Block
from pipelines.published.site.build import build_site
from pipelines.published.site.card import Card
from pipelines.published.site.pages import country
from pipelines.published.versions.checksum import of_files
from pipelines.words import interface_text

BASE = "https://example.org/tip"
LANGUAGE = interface_text.language("en")


def block(sentence: str) -> Block:
    sheet = Sheet(LANGUAGE)
    sheet.scatter(x=[2020, 2021], y=[5, 9], mode="lines")
    chart = Chart(sheet.figure(), Table("", "", [], []), key=[("○", "doubted")])
    return Block("happened", "What happened", sentence, chart=chart, source="Source: UNODC")


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG file are its bytes 16 to 24."""
    assert picture.startswith(b"\x89PNG")
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium: apt-get install chromium")
def test_a_card_that_fails_is_none_and_the_others_are_drawn():
    whole = card.of(block("Chile detected 22 victims in 2021."), LANGUAGE)
    others = [replace(whole, figure=""), replace(whole, figure="{"), replace(whole, sentence="B")]
    first, bare, broken, last = cards.draw([whole, *others])
    assert broken is None
    assert {size(each) for each in (first, bare, last)} == {(1200, 630)}
    assert len({first, bare, last}) == 3


def test_no_browser_is_asked_for_without_an_address_of_the_site():
    assert cards.drawer("") is None


def test_a_picture_is_kept_while_its_card_is_the_same(small, tmp_path, monkeypatch):
    """A card that could not be drawn has the picture of its language, and is tried again."""
    drawn: list[str] = []
    sentences = {"JAM": "Jamaica", "CUB": "Cuba", "HTI": "Haiti"}

    def of_state(site, _facts, language) -> Card:
        [area] = site.states[language.code]
        return card.of(block(sentences.get(area, area)), language)

    def draw(asked: list[Card]) -> list[bytes | None]:
        drawn.extend(each.sentence for each in asked)
        return [None if each.sentence == "Haiti" else each.sentence.encode() for each in asked]

    kind = SimpleNamespace(
        read=country.read, files=country.files, paths=country.paths, card=of_state
    )
    for name in ("KINDS", "OF_STATES"):
        monkeypatch.setattr(build, name, (kind,))
    short_runs.in_language("en", monkeypatch.setattr)
    before, now, without = (tmp_path / each for each in ("before", "now", "without"))
    build_site(small, before, BASE, draw=draw)
    general = (before / "static/social-en.png").read_bytes()
    folder = before / "en/country"
    assert len(drawn) == len([*folder.glob("*.png")]) == 35
    assert (folder / "cub.png").read_text() == "Cuba"
    assert (folder / "hti.png").read_bytes() == general

    drawn.clear()
    sentences["JAM"] = "Jamaica anew"
    digests = of_files(before)
    build_site(small, now, BASE, Earlier(before, digests), draw=draw)
    assert drawn == ["Haiti", "Jamaica anew"]
    made = of_files(now)
    assert {file for file in digests if made[file] != digests[file]} == {
        "en/country/jam.png", "made_from.json",
    }  # fmt: skip

    drawn.clear()
    build_site(small, without, draw=draw)
    assert drawn == []
    assert not [*(without / "en").rglob("*.png")]
    assert not Page(without / "en/country/jam.html").root.xpath("//meta[@property='og:image']")
