"""The second page of a state: nothing that is published is lost, and nothing hidden is shown."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import duckdb
import pytest
from invented_site import Page, tidy

from pipelines.published.i18n.language import Language
from pipelines.published.site import context
from pipelines.published.site.pages import all_figures
from pipelines.published.site.pages.figures_of_state.fold import Block

Query = Callable[[str], list[tuple]]
UNODC = "UNODC"


@dataclass
class Pages:
    """The pages of the shipped figures, each made once."""

    built: Path
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def facts(self) -> tuple[context.Site, all_figures.Facts]:
        """Return what all pages share, and the facts of this kind."""
        with duckdb.connect(self.built, read_only=True) as connection:
            return context.read_site(connection), all_figures.read(connection)

    def language(self, code: str = "en") -> Language:
        """Return the language of a code."""
        [found] = [each for each in self.facts[0].languages if each.code == code]
        return found

    def blocks(self, area: str, indicator: str, code: str = "en") -> dict[str, Block]:
        """Return the blocks of an indicator by the anchor of their tables."""
        site, facts = self.facts
        language = site.within(area, self.language(code))
        folds = all_figures.folds(site.in_language(language), facts, area, language)
        [fold] = [each for each in folds if each.anchor == indicator.lower()]
        return {block.anchor: block for block in fold.blocks}

    def text(self, area: str, code: str = "en") -> str:
        """Return the HTML of a page."""
        if (area, code) not in self.known:
            site, facts = self.facts
            language = self.language(code)
            _, page = all_figures.page(site.in_language(language), facts, area, language)
            self.known[area, code] = page
        return self.known[area, code]

    def words(self, area: str, code: str = "en") -> str:
        """Return the text of a page, with the spaces that HTML shows."""
        [(_, text)] = Page(self.text(area, code)).all("main")
        return tidy(text)


@pytest.fixture(scope="module")
def pages(built: Path) -> Pages:
    return Pages(built)


def column(block: Block, place: int = 0) -> dict[str, str]:
    """Return the texts of one column of a table, by row."""
    return {heading: cells[place].text for heading, cells in block.table.rows}


# Nothing is lost ------------------------------------------------------------------------------

TOTALS = """
select ref_area, indicator, source, time_basis, year,
    case when value is not null then value
    end as value,
    greatest(upper, 4)::integer as top,
    greatest(0, least(lower::integer, greatest(upper, 4)::integer - 4)) as bottom
from (
    select ref_area, indicator, source, time_basis, year, conf_status = 'F' as is_free,
        if(conf_status = 'F', value, null) as value, lower, upper
    from published.headline
    union all
    select ref_area, indicator, source, time_basis, year, conf_status = 'F',
        if(conf_status = 'F', value, null), lower, upper
    from published.observation
    where counterpart_role = 'REPAT' and counterpart_area = '_T'
        and is_headline(freq, sex, age, exploitation, citizenship, '_Z', breakdown)
)
join codelist.indicator on indicator.code = indicator
where unit_measure <> 'BOOL' and ref_area in (select code from codelist.area where is_oas)
    and (value is not null or upper is not null)
"""


def test_every_published_total_is_on_its_state_s_page_once(pages: Pages, query: Query) -> None:
    """All 35 states: the cells of the pages are the rows of the warehouse, none more or less."""
    english = pages.language()
    expected = Counter(
        (area, indicator, f"{short(source, english)}{kind(basis, english)}", str(year), text)
        for area, indicator, source, basis, year, *figure in query(TOTALS)
        for text in [printed(*figure, english)]
    )
    on_pages = Counter(
        cell for area in pages.facts[0].states["en"] for cell in totals_on(pages.text(area), area)
    )
    assert len(expected) > 2000
    assert expected == on_pages


def short(source: str, language: Language) -> str:
    return language.say(f"short_{source}")


def kind(basis: str, language: Language) -> str:
    return "" if basis == "CY" else f" · {language.name('time_basis', basis)}"


def printed(value: float | None, top: int, bottom: int, language: Language) -> str:
    if value is not None:
        return language.number(value)
    limit = "<5" if top == 4 else f"≤{language.number(top)}"
    return f"{bottom}–{top}" if bottom else limit


def totals_on(text: str, area: str) -> list[tuple[str, str, str, str, str]]:
    """Return the figures in tables of totals: state, indicator, column, year and text."""
    found = []
    for anchor, body in re.findall(r'<caption id="([^"]+)-totals">(.*?)</table>', text, re.S):
        columns = [strip(each) for each in re.findall(r'<th scope="col">(.*?)</th>', body, re.S)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)[1:]:
            [year] = re.findall(r'<th scope="row">(.*?)</th>', row)
            cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
            for name, cell in zip(columns[1:], cells, strict=True):
                figure = strip(re.sub(r"<small>.*?</small>", "", cell))
                if name != "Ratio" and figure != "–":
                    publisher = re.sub(r"^\(\d\) ", "", name)
                    found.append((area, anchor.upper(), publisher, year, figure))
    return found


def strip(html: str) -> str:
    text = re.sub(r"<[^>]+>", "", html).strip(" \n")
    return text.replace("&lt;", "<").replace("&amp;", "&").replace("&#39;", "'")


PARTS = """
select ref_area, indicator, source, time_basis,
    case
        when exploitation <> '_T' then 'form'
        when citizenship <> '_T' then 'citizenship'
        else 'sex_age'
    end as family,
    count(*)
from published.observation
join codelist.indicator on indicator.code = indicator
where freq = 'A' and breakdown = '_T' and counterpart_role = '_Z'
    and indicator.unit_measure = 'NUMBER'
    and (value is not null or obs_status like '%Q%')
    and ref_area in (select code from codelist.area where is_oas)
    and 1 = (sex <> '_T' or age <> '_T')::integer + (exploitation <> '_T')::integer
        + (citizenship <> '_T')::integer
group by all
"""


def test_every_published_part_is_on_its_state_s_page(pages: Pages, query: Query) -> None:
    site, facts = pages.facts
    english = pages.language()
    shown: dict[str, int] = {}
    for area in site.states["en"]:
        for fold in all_figures.folds(site, facts, area, english):
            for block in fold.blocks:
                cells = [cell for _, row in block.table.rows for cell in row]
                known = [cell for cell in cells if cell.kind in ("figure", "suppressed")]
                if any(f"-{each}-" in block.anchor for each in ("sex_age", "form", "citizenship")):
                    shown[f"{area}-{block.anchor}"] = len(known)
                    assert block.figures == len(known)
    expected = {
        f"{area}-{'-'.join([indicator, family, source, basis]).lower()}": count
        for area, indicator, source, basis, family, count in query(PARTS)
    }
    assert sum(expected.values()) > 5000
    assert shown == expected


def test_every_row_that_a_check_keeps_out_is_counted(pages: Pages, query: Query) -> None:
    for area, count in query(
        "select ref_area, count(distinct (source, locator, rule_id)) from main.quarantine "
        "join main.release using (source, release) "
        "where is_current and ref_area in (select code from codelist.area) group by all"
    ):
        rows = pages.facts[1].kept_out[area]
        assert sum(row["rows"] for row in rows) == count, area
        assert "Kept out by checks" in pages.words(area)


@pytest.mark.parametrize("area", ["DMA", "KNA"])
def test_a_state_without_figures_has_an_answer(pages: Pages, area: str) -> None:
    assert "Checks keep out every figure" in pages.words(area)


def test_each_indicator_has_one_source_to_cite_with_its_reason(pages: Pages, query: Query) -> None:
    """All states: as `published.national_series` chooses it, and first of its table."""
    site, facts = pages.facts
    english = pages.language()
    expected = {
        (area, indicator): (source, english.name("citation_reason", reason))
        for area, indicator, source, reason in query(
            "select distinct ref_area, indicator, source, citation_reason "
            "from published.national_series where ref_area in "
            "(select code from codelist.area where is_oas)"
        )
    }
    found = {
        (area, fold.anchor.upper()): [line for block in fold.blocks for line in block.lines]
        for area in site.states["en"]
        for fold in all_figures.folds(site, facts, area, english)
    }
    cited = {
        key: [(line.source, line.cite) for line in lines if line.cite]
        for key, lines in found.items()
    }
    assert {key: own for key, own in cited.items() if own} == {
        key: [own] for key, own in expected.items()
    }
    assert all(lines[0].cite for key, lines in found.items() if key in expected)


# Known answers --------------------------------------------------------------------------------


def test_mexico_2022_in_each_source_with_the_cited_one_first(pages: Pages) -> None:
    block = pages.blocks("MEX", "VIC_DETECT")["vic_detect-totals"]
    assert [column(block, at)["2022"] for at in range(3)] == ["247", "–", "440"]
    assert block.lines[0].name == UNODC
    assert [bool(line.cite) for line in block.lines] == [True, False, False]
    assert column(block, 3)["2017"] == "(2) ÷ (1) = 0.747; (3) ÷ (1) = 0.688; (3) ÷ (2) = 0.92"
    assert column(block, 3)["2019"] == "–"
    assert column(pages.blocks("MEX", "VIC_NAT_ABROAD")["vic_nat_abroad-totals"])["2019"] == "933"
    assert column(pages.blocks("BRA", "DEM_LAB_FOUND")["dem_lab_found-totals"], 1)["2020"] == "944"


def test_the_answer_counts_figures_indicators_and_sources(pages: Pages) -> None:
    assert "This database has 12 figures on 5 indicators for Haiti, from 2 sources." in (
        pages.words("HTI")
    )


@pytest.mark.parametrize(
    ("area", "indicator", "note"),
    [
        ("BRA", "VIC_DETECT", "(1) · 2017: break in the series, earlier figures do not compare "
         "with later ones. Law 13.344 of October 2016 widened the offence beyond sexual "
         "exploitation; whether the change comes from it, the source does not say."),
        ("BRA", "VIC_DETECT", "(1) · 2019: revised. The release of 30 May 2023 had 83."),
        ("GUY", "VIC_DETECT", "(3) · 2020: kept out by a check until it is explained. The source "
         "prints several figures for what is one cell here (S5)."),
        ("MEX", "VIC_DETECT", "(1) · 2015: doubtful. The figure repeats the number of its "
         "year, which is likely a typing error."),
        ("BOL", "VIC_DETECT", "In several years the same numbers as: Offences recorded; "
         "Suspects in formal contact with the authorities. Whether each was counted apart is not "
         "known."),
    ],
)  # fmt: skip
def test_notes_on_totals(pages: Pages, area: str, indicator: str, note: str) -> None:
    block = pages.blocks(area, indicator)[f"{indicator.lower()}-totals"]
    assert any(each.endswith(note) for each in block.notes), block.notes


@pytest.mark.parametrize(
    ("area", "indicator", "words"),
    [
        ("JAM", "VIC_DETECT", "print the same authority’s figures at different times"),
        ("USA", "PER_PROSEC", "What may explain the others: Collection ("),
        ("USA", "PER_PROSEC", "Kind of year ("),
        ("LCA", "VIC_DETECT", "Yet these differ: "),
        ("MEX", "VIC_DETECT", "Release (14 April 2025 / 25 June 2020 – 15 June 2023)."),
    ],
)
def test_why_two_sources_may_differ(pages: Pages, area: str, indicator: str, words: str) -> None:
    block = pages.blocks(area, indicator)[f"{indicator.lower()}-totals"]
    assert any(words in note for note in block.notes), block.notes


@pytest.mark.parametrize(
    ("area", "table", "note"),
    [
        ("USA", "sex_age", "Sex and age unknown · 2017–2022: the source prints persons of another "
         "sex here a second time; do not add them to the others."),
        ("USA", "form", "Sexual exploitation · 2020–2021: the printed figure is smaller than its "
         "own sexes or ages together."),
        ("CRI", "form", "Other forms of exploitation · 2017–2018: kept out by a check until it is "
         "explained. The source prints several figures for what is one cell here (S5)."),
        ("GUY", "citizenship", "now prints this figure under “Guyana”."),
        ("HND", "citizenship", "2020: withdrawn by the publisher. The release of 30 May 2023 had "
         "67."),
        ("GTM", "citizenship", "2019–2021: what the publisher prints under a citizenship that is "
         "empty or cannot be read is withheld."),
        ("CAN", "citizenship", "exceed their total or subtotal: 2008–2009"),
        ("BRA", "form", "exceed their total or subtotal: 2018–2022"),
    ],
)  # fmt: skip
def test_notes_on_parts(pages: Pages, area: str, table: str, note: str) -> None:
    block = pages.blocks(area, "VIC_DETECT")[f"vic_detect-{table}-int_unodc_glotip-cy"]
    assert any(note in each for each in block.notes), block.notes


def test_nationals_under_another_name_are_not_withdrawn(pages: Pages) -> None:
    """Argentina, 2021: 1 110 nationals by the country's name before, as a group now."""
    block = pages.blocks("ARG", "VIC_DETECT")["vic_detect-citizenship-int_unodc_glotip-cy"]
    own = dict(block.table.rows)["Argentina"]
    cell = own[[*block.table.columns].index("2021")]
    assert cell.remarks == ["now in another row"]
    assert not any("withdrawn" in note for note in block.notes)


def test_whole_tables_that_checks_keep_out_are_named(pages: Pages) -> None:
    words = pages.words("GTM")
    assert "By age, 2022: checks keep out the whole table" in words
    [row] = [row for row in pages.facts[1].kept_out["GTM"] if row["indicator"] == "PER_PROSEC"]
    assert (row["dimensions"], list(row["whole"]), row["rows"]) == ("age", [2022], 2)


def test_sums_are_labelled_as_ours_and_give_their_coverage(pages: Pages) -> None:
    block = pages.blocks("MEX", "VIC_RECORDED")["sum-vic_recorded-mex_sesnsp-m"]
    rows = dict(block.table.rows)
    assert [cell.text for cell in rows["2024"]] == ["790", "32 of 32", "12 of 12"]
    assert [cell.text for cell in rows["2025"]] == ["392", "32 of 32", "6 of 12"]
    assert rows["2025"][2].remarks == ["not the whole year"]
    assert block.lines[0].cite
    fbi = pages.blocks("USA", "OFF_RECORDED")["sum-off_recorded-usa_fbi-a"]
    assert dict(fbi.table.rows)["2013"][1].remarks == ["not the whole country"]


def test_rates_are_of_the_source_to_cite_and_none_of_a_suppressed_count(pages: Pages) -> None:
    block = pages.blocks("MEX", "VIC_DETECT")["rate-vic_detect-int_unodc_glotip-cy"]
    figures = [cell.text for cell in dict(block.table.rows)["2022"]]
    assert figures[:3] == ["0.192", "0.0794 to 0.921", "247"]
    hidden = pages.blocks("JAM", "VIC_DETECT")["rate-vic_detect-int_unodc_glotip-cy"]
    for year in ("2007", "2008", "2009"):
        rate, interval, count, _ = dict(hidden.table.rows)[year]
        assert (rate.text, interval.text, count.text) == ("no rate", "–", "–")
        assert rate.remarks == ["the figure is suppressed to protect persons"]


def test_victims_repatriated_from_all_countries(pages: Pages) -> None:
    block = pages.blocks("ARG", "VIC_REPATR")["vic_repatr-totals"]
    assert column(block) == {
        "2017": "5", "2018": "<5", "2019": "<5", "2020": "10", "2021": "5", "2022": "<5",
    }  # fmt: skip


def test_treaties_of_suriname_with_their_dates(pages: Pages) -> None:
    words = pages.words("SUR")
    for treaty, day in [
        ("ILO Forced Labour Convention, 1930 (No. 29)", "15 June 1976"),
        ("Palermo Protocol", "25 May 2007"),
        ("ILO Worst Forms of Child Labour Convention, 1999 (No. 182)", "12 April 2006"),
    ]:
        assert f"{treaty} yes {day}" in words


def test_each_source_says_what_it_is_and_how_to_cite_it(pages: Pages) -> None:
    words = pages.words("BRA", "pt")
    for text in ("Como citar", "Licença", "O que é contado", "14 de abril de 2025"):
        assert text in words
    links = [attrs["href"] for attrs, _ in Page(pages.text("BRA", "pt")).all("a")]
    assert "../../../extracts/excel/pt/BRA.xlsx" in links
    page = Page(pages.text("BRA"))
    ids = {attrs.get("id") for _, attrs, _ in page.elements}
    assert all(link[1:] in ids for link in links if link.startswith("#"))


# What is hidden stays hidden ------------------------------------------------------------------


def test_earlier_parts_are_shown_unless_the_warehouse_withholds_them(
    pages: Pages, query: Query
) -> None:
    withheld = query(
        "select ref_area, indicator, if(exploitation = '_T', citizenship, exploitation), year "
        "from published.revision where previous_value_raw = 'withheld' and counterpart_role = '_Z' "
        "and sex = '_T' and age = '_T' and (exploitation = '_T') <> (citizenship = '_T') "
        "and (value is not null or change = 'withdrawn')"
    )
    withheld_there = {
        (area, indicator, part.indicator, point.year)
        for (area, indicator, source, _), splits in pages.facts[1].parts.by_count.items()
        if source == "int_unodc_glotip"
        for name in {"form", "citizenship"} & {*splits}
        for part in (*splits[name].parts, *splits[name].gone)
        for point in part.points
        if point.previous_release and point.previous is None and point.kind != "suppressed"
    }
    assert withheld_there == {*withheld}
    assert len(withheld_there) > 10


def test_a_suppressed_figure_is_only_an_interval(pages: Pages, query: Query) -> None:
    """No cell of a suppressed total is a number, and no ratio rests on one."""
    rows = query(
        "select ref_area, indicator from published.headline where conf_status <> 'F' "
        "and ref_area in (select code from codelist.area) group by all"
    )
    seen = 0
    for area, indicator in rows:
        block = pages.blocks(area, indicator)[f"{indicator.lower()}-totals"]
        for _, cells in block.table.rows:
            hidden = [cell.text for cell in cells if cell.kind == "suppressed"]
            seen += len(hidden)
            assert all(re.fullmatch(r"<\d+|\d+–\d+", text) for text in hidden)
            exact = [cell for cell in cells[: len(block.lines)] if cell.kind == "figure"]
            if len(exact) < 2 and len(cells) > len(block.lines):
                assert cells[-1].text == "–"
    assert seen > 300


# Words and size -------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["en", "es", "pt", "fr"])
def test_the_answer_is_one_sentence_of_at_most_20_words(pages: Pages, code: str) -> None:
    for area in pages.facts[0].states["en"]:
        [(_, sentence)] = Page(pages.text(area, code)).all("p", **{"class": "sentence"})
        assert 5 <= len(sentence.replace("\u202f", "").split()) <= 20, sentence
        assert len(re.findall(r"[.:;] (?!&)", sentence.replace("St. ", ""))) == 0


def test_a_fold_says_what_is_inside(pages: Pages) -> None:
    folds = [text for _, text in Page(pages.text("BRA")).all("summary")]
    assert folds[0] == "Detected victims 3 sources · 2009–2023"
    assert "Persons convicted 1 source · 2008–2013" in folds


def test_notes_name_no_check_without_words(pages: Pages, query: Query) -> None:
    """Each check that keeps a row out now has words of its own."""
    general = pages.language().words["figures_rule_"].removesuffix(".")
    for area in pages.facts[1].kept_out:
        assert general not in pages.words(area)
