"""The second page of a state: nothing that is published is lost, and nothing hidden is shown."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from all_figures_pages import blocks, folds, page, words
from country_pages import facts, speaker

from pipelines.published.site.pages import all_figures
from pipelines.words.language import Language
from schemas import codelists

Query = Callable[[str], list[tuple]]
STATES = codelists.oas_states()


TOTALS = """
select ref_area, indicator, source, time_basis, year,
    case when value is not null then value
    end as value,
    upper as top, lower as bottom
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


def test_every_published_total_is_on_its_state_s_page_once(built: Path, query: Query) -> None:
    """All 35 states: the cells of the pages are the rows of the warehouse, none more or less."""
    english = speaker(built)
    expected = Counter(
        (area, indicator, f"{short(source, english)}{kind(basis, english)}", str(year), text)
        for area, indicator, source, basis, year, *figure in query(TOTALS)
        for text in [printed(*figure, english)]
    )
    on_pages = Counter(cell for area in STATES for cell in totals_on(page(built, area).text, area))
    assert len(expected) > 2000
    assert expected == on_pages


def test_the_source_of_the_newest_figure_to_cite_comes_first(built: Path, query: Query) -> None:
    """As API and extracts have it; the state's own that only others repeat come after."""
    newest = "select ref_area, indicator, source from published.newest where not is_sum"
    for area, indicator, source in query(newest):
        first = blocks(built, area, indicator).get(f"{indicator}-totals".lower())
        assert first is None or first.lines[0].source == source, (area, indicator)
        assert first is None or not any(line.cite for line in first.lines[1:]), (area, indicator)


def test_figures_say_where_their_own_release_was_read(built: Path, query: Query) -> None:
    """UNSD's counts were read in its own answers, its rates in a copy of these."""
    releases = dict(query(RELEASES))
    assert releases == {"2019-06-30": "OWN", "2026-10-08": "COPY"}
    copied = "unchecked copy"
    for indicator, is_copy in (("VIC_DETECT", False), ("VIC_DETECT_RATE", True)):
        lines = blocks(built, "BRA", indicator)[f"{indicator}-totals".lower()].lines
        [line] = [each for each in lines if each.source == "int_unsd_sdg"]
        assert (copied in line.text) == is_copy


RELEASES = "select release, provenance from main.release where source = 'int_unsd_sdg'"


def short(source: str, language: Language) -> str:
    return language.say(f"short_{source}")


def kind(basis: str, language: Language) -> str:
    return "" if basis == "CY" else f" · {language.name('time_basis', basis)}"


def printed(value: float | None, top: float, bottom: float, language: Language) -> str:
    if value is not None:
        return language.number(value)
    if (bottom, top) in {(0, 4), (1, 4)}:
        return "<5"
    most = language.number(top)
    return f"{language.number(bottom)}–{most}" if bottom else f"≤{most}"


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


def test_every_published_part_is_on_its_state_s_page(built: Path, query: Query) -> None:
    shown: dict[str, int] = {}
    for area in STATES:
        for fold in folds(built, area):
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


def test_every_row_that_a_check_keeps_out_is_counted(built: Path, query: Query) -> None:
    for area, count in query(
        "select ref_area, count(distinct (source, locator, rule_id)) from main.quarantine "
        "join main.release using (source, release) "
        "where is_current and ref_area in (select code from codelist.area) group by all"
    ):
        rows = facts(built, all_figures).kept_out[area]
        assert sum(row["rows"] for row in rows) == count, area
        assert "Kept out by checks" in words(built, area)


def test_a_doubtful_year_does_not_make_a_series_incomparable(built: Path) -> None:
    """The explorer sets Peru and Mexico beside others, but for the doubtful year."""
    for area, year in (("MEX", 2015), ("PER", 2023)):
        line = f"Comparable with caveats; {year}: not comparable across countries"
        assert line in words(built, area)


def test_the_source_to_cite_comes_first_in_its_table(built: Path, query: Query) -> None:
    """All states: as `published.national_series` chooses it.

    Only what the state itself counts, and others alone repeat, comes before it.
    """
    expected = {
        (area, indicator): [(source, speaker(built).name("citation_reason", reason))]
        for area, indicator, source, reason in query(
            "select distinct ref_area, indicator, source, citation_reason "
            "from published.national_series join codelist.area on code = ref_area and is_oas"
        )
    }
    cited = {}
    every_fold = [(area, fold) for area in STATES for fold in folds(built, area)]
    for area, fold in every_fold:
        lines = [line for block in fold.blocks for line in block.lines]
        if found := [(line.source, line.cite) for line in lines if line.cite]:
            cited[area, fold.anchor.upper()] = found
            others = (line for line in lines if not line.source.startswith(f"{area.lower()}_"))
            assert lines[0].cite or next(others).cite, (area, fold.anchor)
    assert cited == expected


def test_earlier_parts_are_shown_unless_the_warehouse_withholds_them(
    built: Path, query: Query
) -> None:
    withheld = query(
        "select ref_area, indicator, if(exploitation = '_T', citizenship, exploitation), year "
        "from published.revision join main.release using (source, release) "
        "where is_current and previous_value_raw = 'withheld' and counterpart_role = '_Z' "
        "and sex = '_T' and age = '_T' and (exploitation = '_T') <> (citizenship = '_T') "
        "and (value is not null or change = 'withdrawn')"
    )
    withheld_there = {
        (area, indicator, part.indicator, point.year)
        for (area, indicator, source, _), splits in facts(built, all_figures).parts.by_count.items()
        if source == "int_unodc_glotip"
        for name in {"form", "citizenship"} & {*splits}
        for part in (*splits[name].parts, *splits[name].gone)
        for point in part.points
        if point.previous_release and point.previous is None and point.kind != "suppressed"
    }
    assert withheld_there == {*withheld}
    assert len(withheld_there) > 10


def test_a_suppressed_figure_is_only_an_interval(built: Path, query: Query) -> None:
    """No cell of a suppressed total is a number, and no ratio rests on one."""
    rows = query(
        "select ref_area, indicator from published.headline where conf_status <> 'F' "
        "and ref_area in (select code from codelist.area) group by all"
    )
    seen = 0
    for area, indicator in rows:
        block = blocks(built, area, indicator)[f"{indicator.lower()}-totals"]
        for _, cells in block.table.rows:
            hidden = [cell.text for cell in cells if cell.kind == "suppressed"]
            seen += len(hidden)
            assert all(re.fullmatch(r"<\d+|≤[\d.]+|[\d.]+–[\d.]+", text) for text in hidden)
            exact = [cell for cell in cells[: len(block.lines)] if cell.kind == "figure"]
            if len(exact) < 2 and len(cells) > len(block.lines):
                assert cells[-1].text == "–"
    assert seen > 200


def test_notes_name_no_check_without_words(built: Path, query: Query) -> None:
    """Each check that keeps a row out now has words of its own."""
    general = speaker(built).words["figures_rule_"].removesuffix(".")
    for area in facts(built, all_figures).kept_out:
        assert general not in words(built, area)


def test_verdicts_on_subdivisions_stand_under_the_totals_of_their_source(built, query: Query):
    """Of Colombia's departments only Bogotá's victims in files of prosecutors rise."""
    text = page(built, "COL").text
    found = re.search(r"Fiscalía General \(Colombia\), trends of subdivisions: ([^.]*)", text)
    assert found and "rising 1 (Bogotá)" in found[1]
    numbers = re.findall(r"\d+", found[1])
    assert query(
        "select count(*) from published.trend where country = 'COL' and ref_area <> country "
        "and source = 'col_fiscalia'"
    ) == [(sum(map(int, numbers)),)]
