"""The pages: tables equal to charts, safe text, working links, four whole languages."""

import itertools
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest
from conftest import changed
from invented_site import HOSTILE, LANGUAGES, SOURCE, Page, every_page, page, tidy
from plotly.offline import get_plotlyjs_version

from pipelines.published.i18n import interface_text
from pipelines.published.site.build import build_site
from pipelines.published.site.content_security import PLOTLY
from pipelines.published.site.figures import context, time_series, year_table
from schemas import codelists


def test_each_language_has_the_same_pages(site):
    pages = {
        code: {file.relative_to(site / code) for file in every_page(site / code)}
        for code in LANGUAGES
    }
    assert pages["en"] == pages["es"] == pages["pt"] == pages["fr"]
    states = {Path(f"country/{area.lower()}.html") for area in codelists.oas_states()}
    assert states < pages["en"]


def test_language_title_heading_and_landmarks(site):
    for file in every_page(site):
        parts = Page(file)
        folder = file.relative_to(site).parts[0]
        ((html, _),) = parts.all("html")
        assert html["lang"] == (folder if folder in LANGUAGES else "en")
        for tag in ("title", "h1", "main", "footer"):
            ((_, text),) = parts.all(tag)
            assert text, f"{file}: empty {tag}"
        ((skip, _),) = parts.all("a", **{"class": "skip"})
        assert skip["href"] == "#main"
        levels = [int(tag[1]) for tag, *_ in parts.elements if re.fullmatch(r"h[1-6]", tag)]
        assert all(b - a <= 1 for a, b in zip([0, *levels], levels, strict=False)), file


def test_tables_have_caption_and_scope(site):
    for file in every_page(site):
        parts = Page(file)
        assert len(parts.all("caption")) == len(parts.all("table"))
        assert all(attrs.get("scope") in ("row", "col") for attrs, _ in parts.all("th"))


def test_anchors_are_unique_and_every_link_resolves(site):
    for file in every_page(site):
        parts = Page(file)
        anchors = [attrs["id"] for _, attrs, _ in parts.elements if attrs.get("id")]
        assert len(anchors) == len(set(anchors)), file
        for tag, attrs, _ in parts.elements:
            address = attrs.get("href") or attrs.get("src") or ""
            place, _, anchor = unquote(address).partition("#")
            if not address or address == "data:," or place.startswith(("https://", "http://")):
                continue
            target = (file.parent / place).resolve() if place else file
            if site not in target.parents:  # extracts and the warehouse, which a run makes too
                continue
            assert target.is_file(), f"{file}: {address}"
            if anchor and tag == "a":
                assert anchor in _anchors(target), f"{file}: {address}"


@cache
def _anchors(file: Path) -> set[str]:
    return {attrs["id"] for _, attrs, _ in Page(file).elements if attrs.get("id")}


SVG = '"http://www.w3.org/2000/svg"'
"""The name of a namespace, from which nothing is loaded."""


def test_nothing_is_loaded_from_elsewhere(site):
    for file in every_page(site):
        parts = Page(file)
        loaded = [attrs for tag, attrs, _ in parts.elements if tag in ("script", "link", "img")]
        addresses = [attrs.get("src") or attrs.get("href") or "" for attrs in loaded]
        assert not [address for address in addresses if "//" in address]
    for file in (site / "static").iterdir():
        if file.name != PLOTLY.name:
            text = file.read_text(encoding="utf-8").replace(SVG, "")
            assert not re.search(r"https?://|url\(", text), file


def test_pages_draw_with_the_plotly_js_that_plotly_py_checks_figures_for():
    (version,) = re.findall(
        r"plotly\.js \(cartesian - minified\) v(\S+)", PLOTLY.read_text("utf-8")
    )
    assert version == get_plotlyjs_version(), "'make plotly' fetches it"


def test_no_script_in_an_attribute_and_data_is_no_script(site):
    for file in every_page(site):
        parts = Page(file)
        kinds = [attrs.get("type") for attrs, text in parts.all("script") if text]
        assert set(kinds) <= {None, "application/json"}
        assert kinds.count(None) == 1, "the loader, which the policy knows by its hash"
        assert not [attrs for _, attrs, _ in parts.elements for key in attrs if key[:2] == "on"]


def test_language_switch_keeps_the_page(site):
    parts = page(site, "BRA", "pt")
    switch = [attrs for attrs, _ in parts.all("a") if attrs.get("hreflang")]
    assert [attrs["href"] for attrs in switch] == [
        f"../../{code}/country/bra.html" for code in LANGUAGES
    ]
    assert [attrs["lang"] for attrs in switch if attrs.get("aria-current")] == ["pt"]


def test_the_first_page_offers_the_languages_in_english(site):
    parts = Page(site / "index.html")
    named = [text for attrs, text in parts.all("a") if attrs.get("hreflang")]
    assert named == ["English", "Español", "Português", "Français"]


def charted(figure: dict, axis: str) -> dict[int, str]:
    """What a panel of the chart shows for each year, as a table prints it."""
    shown: dict[int, str] = {}
    for trace in figure["data"]:
        if trace["yaxis"] != axis:
            continue
        for year, value in zip(trace["x"], trace["y"], strict=True):
            if trace["type"] == "bar":
                shown[year] = f"<{value + 1}"
            elif value is not None:
                shown[year] = f"{value:,.0f}".replace(",", "\u202f")
    return shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["ARG", "BRA", "CHL", "DMA", "ECU", "JAM", "USA"])
def test_table_equals_chart_cell_by_cell(site, code, language):
    parts = page(site, code, language)
    compared = 0
    for chart, anchor in zip(parts.charts(), parts.drawn(), strict=True):
        if not anchor.startswith(("victims", "chain")):
            continue
        panels = [axis.replace("axis", "") for axis in chart["layout"] if axis.startswith("yaxis")]
        for place, axis in enumerate(panels, 1):
            printed = {
                int(row[0]): re.match(r"[<\d\u202f]*", row[place])[0]
                for row in parts.table(anchor)[1:]
            }
            assert {year: text for year, text in printed.items() if text} == charted(chart, axis)
            compared += 1
    assert compared


def test_table_of_argentina_in_words(site):
    _, *rows = page(site, "ARG").table("victims-int_tests")
    assert rows == [
        ["2014", "120", ""],
        ["2015", "0", ""],
        ["2016", "1\u202f521", ""],
        ["2017", "withheld", "failed check V61"],
        ["2018", "60", "revised2"],
        ["2019", "<5", "suppressed to protect persons revised3"],
        ["2020", "35", "Break in series4"],
        ["2021", "50", ""],
        ["2022", "1\u202f247", "provisional figure"],
    ]


def test_footnotes_say_what_changed_and_hide_what_is_suppressed_now(site):
    (_, listed), *_ = page(site, "ARG").all("ol", **{"class": "notes"})
    assert listed == (
        "2017: what the publisher prints here failed check V6, so it is withheld until it is "
        "explained. It looks like a stand-in for “no answer”, not like a count. "
        "2018: revised. The release of 30 May 2023 had 83. "
        "2019: revised. The release of 30 May 2023 had another figure, which is not repeated "
        "because the publisher now suppresses it. "
        "2020: break in the series, earlier figures do not compare with later ones. "
        "A new law widened the offence."
    )


def test_a_break_without_a_reason_says_that_it_is_not_known(site):
    _, listed = page(site, "ECU", "es").all("ol", **{"class": "notes"})[0]
    assert listed.endswith("La fuente no dice qué cambió.")


def test_a_withdrawn_figure_is_said_to_be_withdrawn(site):
    _, *rows = page(site, "BRA").table("victims-int_tests-fy0401")
    assert rows[1] == ["2021", "no figure", "withdrawn1"]
    (_, listed), *_ = page(site, "BRA").all("ol", **{"class": "notes"})
    assert listed == "2021: withdrawn by the publisher. The release of 30 May 2023 had 36."


def test_the_justice_table_says_what_each_panel_shows(site):
    head, *rows = page(site, "ARG").table("chain-int_tests")
    names = codelists.labels("indicator", "en")
    assert head == ["Year", *(names[code] for code in time_series.CHAIN.indicators)]
    assert rows[:3] == [
        ["2014", "40", "20", "no figure"],
        ["2015", "<5 suppressed to protect persons", "1", "0"],
        ["2016", "52 revised1", "no figure", "no figure"],
    ]


def test_the_key_explains_the_marks_that_are_used(site):
    (_, listed), *_ = page(site, "ARG").all("ul", **{"class": "key"})
    assert listed == (
        "reported figure provisional, estimated or doubtful figure "
        "suppressed to protect persons: some figure from 0 to 4 "
        "break in the series: the two sides do not compare "
        "empty place: no figure for that year, or one that is withheld, which does not mean zero"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_says_that_detected_is_not_prevalence_and_flows_are_no_cohort(site, language):
    words = interface_text.labels("site_text", language)
    for file in every_page(site / language):
        parts = Page(file)
        ((_, text),) = parts.all("body")
        assert words["not_prevalence"] in text or words["method_prevalence"] in text, file
        if file.parent.name == "country":
            assert (words["not_cohort"] in text) == bool(parts.all("figure", id="chain-int_tests"))


def test_each_figure_carries_both_titles_and_its_source(site):
    parts = page(site, "ARG")
    text = parts.all("figure")[0][1]
    assert "Argentina: 1\u202f247 detected victims in 2022 (provisional figure)" in text
    assert "Detected victims · Number of persons · Calendar year · Argentina, 2014–2022" in text
    assert "Source: Office of Tests, Yearbook" in text
    for chart in parts.charts():
        last = chart["layout"]["annotations"][-1]["text"].replace("<br>", " ")
        assert "Office of Tests" in last
        assert "Release: 14 April 2025. Licence: CC BY 4.0." in last


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["HTI", "GRD"])
def test_a_state_without_a_figure_is_told_what_is_missing_and_needed(site, code, language):
    parts = page(site, code, language)
    words, names = (
        interface_text.labels("site_text", language),
        codelists.labels("indicator", language),
    )
    ((_, main),) = parts.all("main")
    assert parts.charts() == []
    assert words["empty_meaning"] in main
    assert words["empty_needed"] in main
    indicators = time_series.VICTIMS.indicators + time_series.CHAIN.indicators
    assert [names[code] for code in indicators] == _missing(parts)


def test_a_state_with_some_figures_is_told_which_are_missing(site):
    missing = [codelists.labels("indicator", "en")[code] for code in time_series.CHAIN.indicators]
    assert _missing(page(site, "DMA")) == missing


def _missing(parts: Page) -> list[str]:
    """The indicators that a page says are missing."""
    [start] = [
        at for at, (_, attrs, _) in enumerate(parts.elements) if attrs.get("id") == "missing"
    ]
    below = itertools.takewhile(lambda each: each[0] in ("ul", "li"), parts.elements[start + 1 :])
    return [tidy("".join(texts)) for tag, _, texts in below if tag == "li"]


def test_a_state_whose_only_figure_is_withheld_has_a_table_and_no_chart(site):
    parts = page(site, "SLV")
    _, *rows = parts.table("victims-int_tests")
    assert rows == [["2021", "withheld", "failed check V61"], ["2022", "no figure", ""]]
    assert parts.charts() == []


def test_hostile_labels_stay_text(site):
    for file in every_page(site):
        parts = Page(file)
        assert not [a for a, _ in parts.all("a") if "evil" in (a.get("href") or "")]
        assert "window.bad" not in "".join(
            text for attrs, text in parts.all("script") if attrs.get("type") is None
        )
    parts = page(site, "JAM")
    ((_, heading),) = parts.all("h1")
    assert heading == HOSTILE
    assert len(parts.charts()) == 2


@pytest.mark.parametrize("missing", ["''", "null"])
@pytest.mark.slow
def test_a_label_that_is_missing_in_one_language_is_the_english_one(
    invented, tmp_path, missing
) -> None:
    left_out = f"update codelist.indicator set name_fr = {missing} where code = 'VIC_DETECT'"
    build_site(changed(invented, tmp_path, left_out), tmp_path / "site")
    words = page(tmp_path / "site", "ARG", "fr").all("main")[0][1]
    assert "detected victims [en]" in words.lower()
    assert "[en]" not in page(tmp_path / "site", "ARG", "es").all("main")[0][1]


def test_calendar_and_reporting_years_are_no_one_series(built) -> None:
    """Haiti's investigations of 2019 stand in a report twice, in years of two kinds."""
    with duckdb.connect(built, read_only=True) as connection:
        rows = context.query(connection, "figure")
    own = rows[(rows["source"] == "usa_tip_report") & (rows["ref_area"] == "HTI")]
    parts = year_table.by_kind_of_year(own)
    assert len(parts) > 1
    assert sum(map(len, parts)) == len(own)
    assert all(part["time_basis"].nunique() == 1 for part in parts)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Not refreshed since 14 April 2025"),
        ("es", "Sin actualizar desde el 14 de abril de 2025"),
        ("pt", "Sem atualização desde 14 de abril de 2025"),
        ("fr", "Pas de mise à jour depuis le 14 avril 2025"),
    ],
)
def test_a_source_whose_later_file_was_refused_says_so(site, language: str, words: str) -> None:
    assert words in page(site, "ARG", language).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_below_each_headline_stands_whose_figure_it_is(site, language: str) -> None:
    """Two sources may say different things of one state: no headline stands alone."""
    text = page(site, "ARG", language).text
    publisher = r"<strong>(?:<span lang=\"en\">)?([^<]*)(?:</span>)?</strong>"
    subtitles = re.findall(rf'<p class="subtitle">{publisher} · ', text)
    assert len(subtitles) == text.count('class="subtitle"') > 0
    assert set(subtitles) == {SOURCE["publisher"]}
