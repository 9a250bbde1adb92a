"""The pages of gaps and needs: coverage, needs and quality as in the views, state by state."""

import re
from pathlib import Path

import pytest
from country_pages import files
from invented_site import Page, tidy

from pipelines.published.i18n.language import Language, spans
from pipelines.published.site.pages import gaps, gaps_needs
from schemas import codelists


@pytest.fixture
def asked(query) -> list[tuple]:
    """Every need, straight from the view."""
    return query("select ref_area, need, indicator, periods, rows from published.need")


def gaps_page(built: Path, name: str = "gaps", code: str = "en") -> Page:
    return Page(files(built, gaps, code)[f"{code}/{name}.html"])


@pytest.fixture(scope="module")
def overview(built) -> Page:
    return gaps_page(built)


def of_state(page: Page, area: str) -> dict[str, str]:
    """Return the text under each need of a state."""
    start = page.text.index(f'aria-labelledby="{area.lower()}"')
    part = page.text[start : page.text.index("</section>", start)]
    return {
        tidy(re.sub(r"<[^>]+>", "", head)): tidy(re.sub(r"<[^>]+>", "", body))
        for head, body in re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", part, flags=re.S)
    }


def test_each_state_has_an_anchor_and_each_number_is_in_its_row(overview, query):
    anchors = {attrs.get("id") for _, attrs, _ in overview.elements}
    assert {area.lower() for area in codelists.oas_states()} <= anchors
    (heads, *rows), *_ = overview.tables()
    codes = {text: code for code, text in codelists.labels("indicator", "en").items()}
    areas = {text: code for code, text in codelists.labels("area", "en").items()}
    printed = {
        (areas[row[0]], codes[head]): 0 if cell == "–" else int(cell)
        for row in rows
        for head, cell in zip(heads[1:], row[1:], strict=True)
    }
    known = query(
        "select ref_area, indicator, count(*) filter "
        "(coverage_status in ('reported', 'suppressed', 'partial')) from published.coverage "
        "join codelist.indicator on code = indicator "
        "where core and count_unit <> 'FLAG' and unit_measure = 'NUMBER' group by all"
    )
    assert printed == {(area, indicator): years for area, indicator, years in known}


def test_states_are_in_the_same_order_everywhere(built):
    page = gaps_page(built, code="fr")
    (_, *rows), *_ = page.tables()
    headings = [text for attrs, text in page.all("h3") if len(attrs.get("id") or "") == 3]
    assert headings == [row[0] for row in rows]
    assert len(headings) == 35


def test_the_needs_of_a_state_are_those_of_the_view(overview, asked):
    names = codelists.labels("indicator", "en")
    kinds = codelists.labels("need", "en")
    for area in ("ARG", "HTI", "JAM", "MEX", "USA", "GRD"):
        found = of_state(overview, area)
        own = [row for row in asked if row[0] == area]
        assert set(found) == {kinds[need] for _, need, *_ in own}
        for _, need, indicator, periods, rows in own:
            text = found[kinds[need]]
            years = spans(int(year) for year in periods)
            assert f"{names[indicator]}: {years}" in text if years else names[indicator] in text
            assert rows is None or f"printed rows kept out: {rows} " in text


def test_argentina_in_words(overview):
    found = of_state(overview, "ARG")
    assert found["Record sex and age more often"] == (
        "Detected victims: 2015; sex or age not stated for up to 11% of the persons"
    )
    assert found["Begin to report"].startswith(
        "Victims recorded in police or prosecution files (3)"
    )
    assert (
        "Core indicators with a figure: 9 of the 12 that any state has. "
        "Newest year with a figure of one of these indicators: 2022."
    ) in overview.text


def test_a_state_without_figures_is_asked_to_begin_only(overview, asked):
    assert {need for area, need, *_ in asked if area == "GRD"} == {"BEGIN"}
    assert "Core indicators with a figure: none of the 12 that any state has." in overview.text


def test_needs_by_kind_count_the_indicators(overview, asked):
    names = codelists.labels("area", "en")
    for need, label in codelists.labels("need", "en").items():
        start = overview.text.index(f'<h3 id="need-{need.lower()}">{label}</h3>')
        part = overview.text[start : overview.text.index("</section>", start)]
        counts = re.findall(r'href="#(\w{3})">([^<]+)</a>\u00a0\((\d+)\)', part)
        own = [area for area, code, *_ in asked if code == need]
        assert {(area.upper(), int(count)) for area, _, count in counts} == {
            (area, own.count(area)) for area in own
        }
        assert [name for _, name, _ in counts] == sorted(
            names[area].replace("&", "&amp;") for area in set(own)
        )


def test_a_suppressed_year_needs_no_total(query):
    hidden = query(
        "select ref_area, indicator, time_period from published.coverage "
        "where coverage_status = 'suppressed'"
    )
    needed = query(
        "select ref_area, indicator, unnest(periods) from published.need "
        "where need in ('FILL', 'COMPLETE', 'UPDATE')"
    )
    assert len(hidden) == 351
    assert set(hidden) & set(needed) == set()


def test_every_page_warns_that_figures_may_be_elsewhere(built):
    words = "A state may publish elsewhere what is not read here."
    pages = [text for path, text in files(built, gaps).items() if path.endswith(".html")]
    assert len(pages) == 13
    assert all(words in text for text in pages)


def test_the_facts_of_quality_are_those_of_the_view(built):
    heads, *rows = gaps_page(built, "gaps/vic_detect").tables()[-1]
    column = next(at for at, head in enumerate(heads) if "UNODC" in head and "victims" in head)
    facts = {row[0]: row[column] for row in rows}
    assert facts["Figures, those of parts included"] == "6\u202f747"
    assert facts["Of these, suppressed to protect persons"] == "2\u202f979"
    assert facts["Printed rows that a check keeps out"] == "226"
    assert facts["Consistency: sums of parts beside their total"] == (
        "agree: 2\u202f671; do not agree: 435; cannot be tested: 1\u202f741"
    )
    assert facts["Coherence: totals that agree with those of another source"] == "197 of 298"
    timely = "Timeliness: days from the end of the last period to its first release"
    assert facts[timely] == "835"
    assert facts["Comparability of most figures"] == "Comparable with caveats"
    assert not any("score" in row[0].lower() for row in rows)


def test_the_facts_of_a_source_are_those_of_all_its_indicators(overview):
    """Convictions begin in 2003, a year before detected victims."""
    _, *rows = overview.tables()[-1]
    facts = {row[0]: row[1:] for row in rows}
    (unodc,) = (cells for source, cells in facts.items() if "UNODC" in source)
    assert unodc == [
        "2003–2022", "835", "0",
        "agree: 3\u202f247; do not agree: 504; cannot be tested: 2\u202f588",
    ]  # fmt: skip
    (paraguay,) = (cells for source, cells in facts.items() if "Paraguay" in source)
    assert paraguay == ["2015–2022", "–", "–", "–"], "its day of release is assigned"


def asks(code: str, language: Language, **more: object) -> str:
    """Return the words for a need of Argentina."""
    usual = {"years": [2019, 2020], "rows": 0, "rules": "", "share": 0.0, "states": 1}
    need = gaps_needs.Need("ARG", "VIC_DETECT", code, **{**usual, **more})
    (group,) = gaps_needs.by_indicator([need], language)
    ((_, words),) = group.asked
    return words


def test_the_words_of_a_need_in_each_language(speakers):
    fix = {"rows": 1, "rules": "S5"}
    assert asks("FILL", speakers["en"]) == ": 2019–2020"
    assert asks("FILL", speakers["fr"]) == "\u202f: 2019–2020"
    assert asks("BEGIN", speakers["es"], years=[], states=7) == " (7)"
    assert asks("FIX", speakers["es"], **fix) == (
        ": 2019–2020; filas publicadas retenidas: 1 (controles: S5)"
    )
    assert asks("FIX", speakers["pt"], **fix, years=[]) == (
        ": linhas publicadas retidas: 1 (verificações: S5)"
    )
    assert asks("TELL_UNKNOWN", speakers["fr"], share=0.347) == (
        "\u202f: 2019–2020\u202f; sexe ou âge non précisé pour 35\u202f% des personnes au plus"
    )
