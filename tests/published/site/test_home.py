"""The region's page: its sentences, charts and tables are what the warehouse has."""

import re

import duckdb
import pytest
from country_pages import facts, files, region_page
from parsed_page import LANGUAGES, Page
from warehouse_copies import changed

from pipelines.published.charts.drawing import PALETTE
from pipelines.published.site.facts.region import RegionFacts, read_by_year
from pipelines.published.site.pages import home
from schemas import codelists


@pytest.fixture(scope="module")
def homes(built) -> dict[str, Page]:
    """The page of the shipped figures in each language."""
    return {code: region_page(built, code) for code in ("en", "fr")}


@pytest.fixture(scope="module")
def region_facts(built) -> RegionFacts:
    return facts(built, home)


def figures_table(page: Page) -> list[list[str]]:
    """Return the table of all figures: a row per state, a column per year."""
    (found,) = [table for table in page.tables() if table[0][1:2] == ["2007"]]
    return found


def block(page: Page, anchor: str) -> Page:
    return Page(page.between(f'<section class="block" id="{anchor}"', "</section>"))


@pytest.fixture(scope="module")
def said(query) -> dict[tuple[str, str], str]:
    """The sentences on the Americas by question and language."""
    rows = query("select question, language, text from published.sentence where area = 'AMERICAS'")
    return {(question, language): text for question, language, text in rows}


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_sentences_on_the_region_are_those_of_the_warehouse(homes, said, code):
    """Those that are copied too, with their source."""
    page = homes[code]
    headings = [text for _, text in page.all("h2") if text]
    asked = ("HAPPENED", "SAME_STATES", "WHO", "EACH_STATE")
    assert headings == [said[question, code] for question in asked]
    (evidence,) = page.all("p", **{"class": "evidence"})
    assert evidence[1] == said["EVIDENCE", code]
    assert said["NEED", code] in page.between('<div class="ask">', "</div>")
    assert said["JUSTICE", code] in block(page, "each-state").text
    [copied] = page.root.xpath("//div[@class='takes']/button/@data-copy")[:1]
    assert all(said[question, code] in copied for question in (*asked, "EVIDENCE"))
    assert copied.count("https://") == 1
    assert "tipstat" in copied


def test_the_finding_counts_the_small_charts_of_its_groups(homes, query):
    evidence = homes["en"].between('<p class="evidence">', "</p>")
    assert query("select lean from published.region where indicator = 'VIC_DETECT'") == [("ROSE",)]
    assert evidence.count('<i class="full">') == 3
    [(doubled, halved)] = query(
        "select doubled, halved from published.region where indicator = 'VIC_DETECT'"
    )
    counts = dict(re.findall(r"<h3>([^<]+) <span>(\d+)</span>", homes["en"].text))
    assert (counts["At least doubled, or from none"], counts["At least halved"]) == (
        str(doubled),
        str(halved),
    )
    assert sum(map(int, counts.values())) == 30


def test_the_sum_of_the_same_states_is_drawn_and_tabled_as_the_warehouse_has_it(homes, query):
    known = query(
        "select year, lower from published.region_change where indicator = 'VIC_DETECT' "
        "and comparison = 'EVERY_YEAR' order by year"
    )
    figure = homes["en"].drawn()["charts"]["same-states"]["figure"]
    (trace,) = figure["data"]
    assert [*zip(trace["x"], trace["y"], strict=True)] == known
    written = {each["x"]: each["y"] for each in figure["layout"]["annotations"]}
    sums = dict(known)
    wanted = {min(sums), max(sums), min(sums, key=sums.get), max(sums, key=sums.get)}
    assert written == {year: sums[year] for year in wanted}
    [table] = [table for table in homes["en"].tables() if "8 states together" in table[0]]
    printed = [(int(year), float(cell.replace("\u202f", ""))) for year, cell in table[1:]]
    assert printed == known


def test_the_states_that_are_added_up_are_named(homes, query):
    [(areas,)] = query(
        "select distinct areas from published.region_change where indicator = 'VIC_DETECT' "
        "and comparison = 'EVERY_YEAR'"
    )
    fold = block(homes["en"], "same-states").between("<details", "</details>")
    names = codelists.labels("area", "en")
    assert {area for area, name in names.items() if name in fold} & {*codelists.oas_states()} == {
        *areas
    }


def test_bars_of_groups_end_at_the_least_that_a_sum_may_be(homes, query):
    rows = query(
        "select lower, known, upper from published.region_group order by facet desc, lower desc"
    )
    figure = homes["en"].drawn()["charts"]["who"]["figure"]
    lengths = [trace["x"][0] for trace in figure["data"]]
    assert lengths == pytest.approx([100 * lower / known for lower, known, _ in rows])
    texts = " ".join(each["text"] for each in figure["layout"]["annotations"])
    for lower, _, upper in rows:
        printed = f"{lower:,.0f}" if lower == upper else f"≥{lower:,.0f}"
        assert printed.replace(",", "\u202f") in texts


def test_figures_have_colours_of_the_palette_alone(homes):
    text = homes["en"].between('id="drawn">', "</script>")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", text)
    assert {*re.findall(r'"--(\w+)"', text)} <= {*PALETTE}


def test_a_chart_of_other_years_or_persons_than_the_heading_says_so(homes):
    """The United States: federal fiscal years, and persons served."""
    [each] = [text for found, text in homes["en"].all("li", id="usa")]
    assert "in 2021/22" in each
    assert "Persons served by federal grantees" in each
    assert "persons, calendar years unless named." in homes["en"].text


def test_a_newer_year_of_another_source_is_named_beside_the_state(homes, region_facts, query):
    found = query(
        "with cited as (select ref_area, any_value(source) as own, max(year) as last "
        "from published.national_series where indicator = 'VIC_DETECT' group by ref_area) "
        "select ref_area, max(year) from published.headline join cited using (ref_area) "
        "join main.release using (source, release) where provenance <> 'REPEATED' "
        "and indicator = 'VIC_DETECT' and year > last and coalesce(value, upper) is not null "
        "and source <> own "
        "group by all"
    )
    assert region_facts.newer == dict(found)
    assert region_facts.newer["CHL"] == 2022
    small = homes["en"].between('<li id="chl">', "</li>")
    assert "another source: 2022" in small
    table = {row[0]: row for row in figures_table(homes["en"])}
    assert "Chile (another source: 2022)" in table


def test_the_table_has_every_figure_of_the_series_to_cite(homes, query):
    table = figures_table(homes["en"])
    cells = [cell for row in table[1:] for cell in row[1:] if cell != "–"]
    ((exact, hidden),) = query(
        "select count(value), count(*) - count(value) from published.national_series "
        "where indicator = 'VIC_DETECT'"
    )
    assert len(table) == 36
    assert cells.count("<5") == hidden
    # Figures that are not to cite are shown with a remark.
    apart = [cell for cell in cells if re.search("doubtful|as others repeat it", cell)]
    assert len([cell for cell in cells if cell != "<5" and cell not in apart]) == exact
    assert "308 doubtful figure" in {row[0]: row for row in table}["Peru"]
    assert [cell for cell in cells if "break" in cell] == ["35 break", "238 break doubtful figure"]


def test_states_by_year_add_up_to_all_states(region_facts):
    by_year = region_facts.by_year
    assert {sum(counts) for counts in by_year.values()} == {35}
    assert by_year[2022] == [25, 2, 0, 0, 8]
    assert by_year[2023] == [11, 0, 1, 0, 23]


def test_what_only_others_repeat_is_neither_a_total_nor_nothing(built, tmp_path):
    repeated = changed(
        built,
        tmp_path,
        "update main.release set provenance = 'REPEATED' "
        "where source = 'int_unodc_glotip' and release = '2025-10-28'",
        "coverage", "headline",
    )  # fmt: skip
    with duckdb.connect(repeated, read_only=True) as connection:
        assert read_by_year(connection, 35)[2023] == [0, 0, 1, 11, 23]


def test_the_last_changes_are_those_of_the_newest_release_of_each_source(homes):
    fold = homes["en"].between('<details id="changes">', "</details>")
    assert re.findall(r"Changed: (\d+); new: (\d+); withdrawn: (\d+)", fold) == [
        ("3", "16", "0"),
        ("1", "0", "0"),
    ]


def test_the_root_of_the_site_is_the_english_page_with_links_to_the_others(built):
    root = Page(files(built, home)["index.html"])
    links = {each["href"] for each, _ in root.all("a")}
    assert {f"{code}/index.html" for code in LANGUAGES} <= links
    assert {f"en/country/{code.lower()}.html" for code in codelists.oas_states()} <= links
