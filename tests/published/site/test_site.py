"""The pages of invented figures: tables equal to charts, safe text, every page in each language."""

import itertools
import re
from pathlib import Path

import duckdb
import pytest
from conftest import changed
from invented_site import HOSTILE, SOURCE, Page, every_page, page, tidy
from pipelines.published.site.figures import time_series, year_table
from plotly.offline import get_plotlyjs_version

from pipelines.published.i18n import interface_text
from pipelines.published.site import context
from pipelines.published.site.content_security import PLOTLY
from schemas import codelists


@pytest.fixture(scope="module")
def english(site) -> dict[Path, Page]:
    """The pages in English, which have the same templates as those in other languages."""
    return {file: Page(file) for file in [site / "index.html", *every_page(site / "en")]}


def test_title_heading_and_landmarks(english):
    for file, parts in english.items():
        for tag in ("title", "h1", "main", "footer"):
            ((_, text),) = parts.all(tag)
            assert text, f"{file}: empty {tag}"
        ((skip, _),) = parts.all("a", **{"class": "skip"})
        assert parts.all("a")[0][0] is skip
        assert skip["href"] == "#main"
        assert parts.all("main", id="main", tabindex="-1")
        levels = [int(tag[1]) for tag, *_ in parts.elements if re.fullmatch(r"h[1-6]", tag)]
        assert all(b - a <= 1 for a, b in zip([0, *levels], levels, strict=False)), file


def test_tables_have_caption_and_scope(english):
    for parts in english.values():
        assert len(parts.all("caption")) == len(parts.all("table"))
        assert all(attrs.get("scope") in ("row", "col") for attrs, _ in parts.all("th"))


SVG = '"http://www.w3.org/2000/svg"'
"""The name of a namespace, from which nothing is loaded."""


def test_nothing_is_loaded_from_elsewhere(site, english):
    for file, parts in english.items():
        loaded = [attrs for tag, attrs, _ in parts.elements if tag in ("script", "link", "img")]
        addresses = [attrs.get("src") or attrs.get("href") or "" for attrs in loaded]
        assert not [address for address in addresses if "//" in address], file
    for file in (site / "static").iterdir():
        if file.name != PLOTLY.name:
            text = file.read_text(encoding="utf-8").replace(SVG, "")
            assert not re.search(r"https?://|url\(|@import", text), file


def test_pages_draw_with_the_plotly_js_that_plotly_py_checks_figures_for():
    (version,) = re.findall(
        r"plotly\.js \(cartesian - minified\) v(\S+)", PLOTLY.read_text("utf-8")
    )
    assert version == get_plotlyjs_version(), "'make plotly' fetches it"


def test_no_script_in_an_attribute_and_data_is_no_script(english):
    for parts in english.values():
        kinds = [attrs.get("type") for attrs, text in parts.all("script") if text]
        assert set(kinds) <= {None, "application/json"}
        assert kinds.count(None) == 1, "the loader, which the policy knows by its hash"
        assert not [attrs for _, attrs, _ in parts.elements for key in attrs if key[:2] == "on"]


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


def test_footnotes_explain_changes_and_hide_what_is_suppressed_now(site):
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


def test_a_break_without_a_reason_has_its_own_note(site):
    _, listed = page(site, "ECU", "es").all("ol", **{"class": "notes"})[0]
    assert listed.endswith("La fuente no dice qué cambió.")


def test_a_withdrawn_figure_is_marked_as_withdrawn(site):
    _, *rows = page(site, "BRA").table("victims-int_tests-fy0401")
    assert rows[1] == ["2021", "no figure", "withdrawn1"]
    (_, listed), *_ = page(site, "BRA").all("ol", **{"class": "notes"})
    assert listed == "2021: withdrawn by the publisher. The release of 30 May 2023 had 36."


def test_the_justice_table_has_a_column_per_panel(site):
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


def test_each_page_warns_that_detected_is_not_prevalence_and_flows_are_no_cohort(english):
    words = interface_text.labels("site_text", "en")
    for file, parts in english.items():
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


def test_a_state_without_a_figure_lists_what_is_missing_and_needed(site):
    parts = page(site, "HTI")
    words, names = interface_text.labels("site_text", "en"), codelists.labels("indicator", "en")
    ((_, main),) = parts.all("main")
    assert parts.charts() == []
    assert words["empty_meaning"] in main
    assert words["empty_needed"] in main
    indicators = time_series.VICTIMS.indicators + time_series.CHAIN.indicators
    assert [names[code] for code in indicators] == _missing(parts)


def test_a_state_with_some_figures_lists_those_that_are_missing(site):
    missing = [codelists.labels("indicator", "en")[code] for code in time_series.CHAIN.indicators]
    assert _missing(page(site, "DMA")) == missing


def _missing(parts: Page) -> list[str]:
    """Return the indicators in a page's list of missing ones."""
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


def test_hostile_labels_stay_text(site, english):
    for parts in english.values():
        assert not [a for a, _ in parts.all("a") if "evil" in (a.get("href") or "")]
        assert "window.bad" not in "".join(
            text for attrs, text in parts.all("script") if attrs.get("type") is None
        )
    parts = page(site, "JAM")
    ((_, heading),) = parts.all("h1")
    assert heading == HOSTILE
    assert len(parts.charts()) == 2


@pytest.mark.parametrize("missing", ["''", "null"])
def test_a_label_that_is_missing_in_one_language_is_the_english_one(
    invented, tmp_path, missing
) -> None:
    left_out = f"update codelist.indicator set name_fr = {missing} where code = 'VIC_DETECT'"
    with duckdb.connect(changed(invented, tmp_path, left_out), read_only=True) as connection:
        languages = context.read_site(connection).languages
    names = {language.code: language.name("indicator", "VIC_DETECT") for language in languages}
    assert names["fr"] == "Detected victims [en]"
    assert names["es"] == "Víctimas detectadas"


def test_calendar_and_reporting_years_are_different_series(built) -> None:
    """One report has Haiti's investigations of 2019 twice, for years of two kinds."""
    with duckdb.connect(built, read_only=True) as connection:
        rows = context.query(connection, "figure")
    own = rows[(rows["source"] == "usa_tip_report") & (rows["ref_area"] == "HTI")]
    parts = year_table.by_kind_of_year(own)
    assert len(parts) > 1
    assert sum(map(len, parts)) == len(own)
    assert all(part["time_basis"].nunique() == 1 for part in parts)


def test_a_source_whose_later_file_was_refused_says_so(site) -> None:
    assert "Not refreshed since 14 April 2025" in page(site, "ARG").text


def test_each_headline_has_its_publisher_below_it(site) -> None:
    """Sources may contradict each other, so no headline appears without its publisher."""
    text = page(site, "ARG", "es").text
    publisher = r"<strong>(?:<span lang=\"en\">)?([^<]*)(?:</span>)?</strong>"
    subtitles = re.findall(rf'<p class="subtitle">{publisher} · ', text)
    assert len(subtitles) == text.count('class="subtitle"') > 0
    assert set(subtitles) == {SOURCE["publisher"]}
