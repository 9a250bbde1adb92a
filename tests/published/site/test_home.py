"""The region's page: its verdicts, numbers and small charts are those of the warehouse."""

import re

import duckdb
import pytest
from country_pages import facts, files, region_page
from parsed_page import LANGUAGES, Page
from warehouse_copies import changed

from pipelines.published.site.facts.trends import VERDICTS
from pipelines.published.site.pages import home
from schemas import codelists

CITED_VERDICTS = """
with cited as (
    select distinct ref_area, source, time_basis
    from published.national_series where indicator = 'VIC_DETECT'
)
select code, case
    when cited.ref_area is null then 'no_total'
    when trend_verdict is null then 'too_few_points'
    when trend_verdict like 'no_verdict_across%' then 'no_clear_change'
    else trend_verdict end
from codelist.area
left join cited on cited.ref_area = code
left join (from published.trend where indicator = 'VIC_DETECT') as trend
    using (source, ref_area, time_basis)
where is_oas
"""
"""The verdict on each state, worked out without the page's code."""

TO_CITE = """
select count(*), count(*) filter (value is null) from published.national_series
where indicator = '{}' and year = 2023
"""


@pytest.fixture(scope="module")
def homes(built) -> dict[str, Page]:
    """The page of the shipped figures in each language."""
    return {code: region_page(built, code) for code in LANGUAGES}


@pytest.fixture(scope="module")
def region_facts(built) -> home.Facts:
    return facts(built, home)


def counts(page: Page) -> list[int]:
    return [int(each) for each in re.findall(r'<b class="count \w+">(\d+)<', page.text)]


def test_each_verdict_is_that_of_the_series_to_cite(region_facts, query):
    assert region_facts.verdicts == dict(query(CITED_VERDICTS))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_counts_are_known_and_add_up_to_all_states(homes, code):
    assert counts(homes[code]) == [1, 0, 19, 12, 3]


def test_the_rising_state_is_named_with_a_link_to_its_page(homes):
    rising = homes["en"].between('class="count rising"', "</li>")
    assert re.findall(r"country/(\w+)\.html", rising) == ["guy"]
    assert "</a> (2007–2021; doubtful years: 2015, 2017–2018)" in rising


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_tiles_have_the_verdicts_that_are_counted(homes, code):
    tiles = homes[code].between('<ul class="tiles"', "</ul>")
    assert [tiles.count(f'<a class="{verdict}"') for verdict in VERDICTS] == counts(homes[code])


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_sentences_on_the_region_are_those_of_the_warehouse(homes, query, code):
    said = dict(
        query(
            "select question, text from published.sentence "
            f"where area = 'AMERICAS' and language = '{code}'"
        )
    )
    page = homes[code]
    found = [page.all("p", **{"class": name})[0][1] for name in ("sentence", "lean")]
    assert found == [said["HAPPENED"], said["EVIDENCE"]]
    assert said["SAME_STATES"] in page.between('<details id="panel">', "</details>")


def test_the_region_is_cited_by_the_sources_that_are_compared(homes, query):
    [(sources,)] = query("select sources from published.region where indicator = 'VIC_DETECT'")
    assert sources == ["int_unodc_glotip"]
    [(_, cited)] = homes["en"].all("p", **{"class": "cite"})
    assert cited.startswith("To cite: UNODC, release of 28 October 2025, read in a copy. No count")
    copied = homes["en"].root.xpath("//p[@class='cite']/button/@data-copy")[0]
    assert copied.count("https://") == 1
    assert "levels compared by tipstat" in copied


def test_the_test_of_all_states_has_the_numbers_of_the_warehouse(homes, query):
    [(tested, up, p_value)] = query(
        "select tested, up, joint_p_value from published.region where indicator = 'VIC_DETECT'"
    )
    [line] = [text for _, text in homes["en"].all("li") if "Stouffer" in text]
    assert line.startswith(f"Of {tested} states tested, {up} lean upwards;")
    assert line.endswith(f"p = {p_value:.1g}.")


def test_the_coverage_facts_are_those_of_the_warehouse(homes, query):
    items = [text for _, text in homes["en"].all("li")]
    assert [text for text in items if text.startswith(("32", "8 ", "6 "))] == [
        "32 of 35 states have a total of detected victims for at least one year",
        "8 of 35 have one to cite for the newest year, 2023; 3 more have one not to cite",
        "6 of 35 have a total of persons convicted to cite for 2023",
        "6 of 20 core indicators are known per state on average. What is missing",
    ]
    assert query(TO_CITE.format("VIC_DETECT")) == [(8, 0)]
    assert query(TO_CITE.format("PER_CONVICT")) == [(6, 0)]


def test_suppressed_totals_of_the_newest_year_are_named(built, tmp_path):
    hidden = changed(
        built,
        tmp_path,
        "update harmonised.observation set value = null, lower = 1, upper = 4, "
        "value_raw = '<5', obs_status = 'Q', conf_status = 'A' where ref_area = 'URY' "
        "and indicator = 'VIC_DETECT' and time_period = '2023' and release = '2025-10-28' "
        "and is_headline("
        "freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)",
    )
    assert "newest year, 2023, 1 of them suppressed; 3 more" in region_page(hidden, "en").text


def test_a_chart_of_other_years_or_persons_than_the_heading_says_so(homes):
    """The United States: federal fiscal years, and persons served."""
    [each] = [text for found, text in homes["en"].all("li", id="usa")]
    assert "in 2021/22" in each
    assert "Persons served by federal grantees" in each
    assert "Persons, calendar years unless named." in homes["en"].text


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
    table = {row[0]: row for row in homes["en"].tables()[-1]}
    assert "Chile (another source: 2022)" in table


def test_the_table_has_every_figure_of_the_series_to_cite(homes, query):
    table = homes["en"].tables()[-1]
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
    assert [cell for cell in cells if "break" in cell] == [
        "35 break",
        "238 break doubtful figure",
    ]


def test_states_by_year_add_up_to_all_states(region_facts):
    by_year = region_facts.coverage.by_year
    assert {sum(counts) for counts in by_year.values()} == {35}
    assert by_year[2022] == [25, 2, 0, 0, 8]
    assert by_year[2023] == [11, 0, 1, 0, 23]


def test_what_only_others_repeat_is_neither_a_total_nor_nothing(built, tmp_path):
    repeated = changed(
        built,
        tmp_path,
        "update main.release set provenance = 'REPEATED' "
        "where source = 'int_unodc_glotip' and release = '2025-10-28'",
    )
    with duckdb.connect(repeated, read_only=True) as connection:
        by_year = home.read(connection).coverage.by_year
    assert by_year[2023] == [0, 0, 1, 11, 23]


def test_the_sums_of_the_same_states_add_up_from_their_figures(region_facts, homes, query):
    panel = region_facts.panel
    states = "', '".join(sorted(panel.areas))
    sums = query(
        "select year, sum(value), count(value) from published.national_series "
        f"where indicator = 'VIC_DETECT' and year between {min(panel.sums)} and {max(panel.sums)} "
        f"and ref_area in ('{states}') group by year order by year"
    )
    assert {year: total for year, total, _ in sums} == panel.sums
    assert {count for _, _, count in sums} == {len(panel.areas)}
    [table] = [table for table in homes["en"].tables() if table[0] == ["Year", "8 states together"]]
    assert [float(cell.replace("\u202f", "")) for _, cell in table[1:]] == [*panel.sums.values()]


def test_a_state_whose_figures_go_has_no_total(built, tmp_path, region_facts):
    less = changed(built, tmp_path, "delete from harmonised.observation where ref_area = 'URY'")
    with duckdb.connect(less, read_only=True) as connection:
        after = home.read(connection)
    assert region_facts.verdicts["URY"] == "no_clear_change"
    assert after.verdicts["URY"] == "no_total"
    assert "URY" not in after.sparks


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
