"""States stand beside each other only where figures compare, in the alphabet; rates are exact."""

import re
from html import unescape

import duckdb
import pytest
from drawn import drawn_bars, drawn_figures, lines
from panels import faults, panels, table, words

from pipelines.published.i18n import interface_text
from pipelines.published.site.figures import context
from pipelines.published.site.pages import compare
from schemas import codelists

VICTIMS = "compare/vic_detect-int_unodc_glotip.html"


@pytest.fixture(scope="module")
def warehouse(built):
    with duckdb.connect(built, read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def site(warehouse):
    return context.read(warehouse)


@pytest.fixture(scope="module")
def facts(warehouse):
    return compare.read(warehouse)


@pytest.fixture(scope="module")
def pages(site, facts):
    """The text of each file by its path."""
    return {
        path: text
        for language in site.languages
        for path, text in compare.files(site, facts, language)
    }


def counts(warehouse, alphabet: list[str], family) -> dict[str, dict[int, float | None]]:
    """What may be compared, by state in that alphabet; None is suppressed."""
    rows = warehouse.execute(
        """
        select ref_area, headline.year, value
        from published.headline
        join published.comparability as level using (
            source, release, ref_area, indicator, time_basis, time_period
        )
        where
            source = ? and indicator = ? and time_basis = ?
            and (comparability <= '2' or contains(comparability_reason, 'UNRELIABLE'))
            and is_headline(
                level.freq, level.sex, level.age, level.exploitation, level.citizenship,
                level.counterpart_role, level.breakdown
            )
        """,
        [family.source, family.indicator, family.basis],
    ).fetchall()
    known = {area: {} for area in alphabet}
    for area, year, value in rows:
        if area in known:
            known[area][year] = value
    return {area: figures for area, figures in known.items() if figures}


def rates(warehouse, family) -> dict[str, dict[int, tuple[float, float, float]]]:
    rows = warehouse.execute(
        """
        select ref_area, time_period::integer, value, dispersed_lower, dispersed_upper
        from published.rate
        where
            source = ? and indicator = ? and time_basis = ? and value is not null
            and sex = '_T' and age = '_T' and exploitation = '_T'
        """,
        [family.source, family.indicator, family.basis],
    ).fetchall()
    found = {}
    for area, year, *rate in rows:
        found.setdefault(area, {})[year] = tuple(rate)
    return found


def test_only_these_are_compared(facts):
    assert [compare.path(family) for family in facts.compared] == [
        "compare/off_recorded-int_unodc_glotip.html",
        "compare/per_contact-int_unodc_glotip.html",
        "compare/per_convict-int_unodc_glotip.html",
        "compare/per_prosec-int_unodc_glotip.html",
        "compare/vic_detect-int_unodc_glotip.html",
        "compare/vic_detect-int_unsd_sdg.html",
        "compare/vic_repatr-int_unodc_glotip.html",
    ]


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_counts_in_panels_and_table_are_the_warehouse_in_the_alphabet(
    warehouse, site, facts, pages, language
):
    for family in facts.compared:
        if family.indicator != "VIC_REPATR":  # whose totals stand in another view
            known = counts(warehouse, site.states[language], family)
            page = pages[f"{language}/{compare.path(family)}"]
            assert faults(page, "counts", known) == [], family
            assert [panel.state for panel in panels(page, "counts")] == list(known)


def rate_faults(page: str, family, known) -> list[str]:
    """Where the panels of rates say something else than the warehouse."""
    found = []
    hidden = {
        area: {point.year for point in each.points if point.kind == "suppressed"}
        for area, each in family.series.items()
    }
    tops = set()
    for panel in panels(page, "rates"):
        own = known[panel.state]
        drawn = drawn_figures(panel.figure)
        if drawn != {year: float(f"{rate[0]:.3g}") for year, rate in own.items()}:
            found.append(f"{panel.name}: draws {drawn}")
        found += [f"{panel.name}: a bar" for _ in drawn_bars(panel.figure)]
        for trace in lines(panel.figure):
            for at, (year, value) in enumerate(zip(trace["x"], trace["y"], strict=True)):
                if value is None or "error_y" not in trace:
                    continue
                rate, lower, upper = own.get(year, (0, 0, 0))
                up, down = (trace["error_y"][side][at] for side in ("array", "arrayminus"))
                ends = (rate + (up or 0), rate - (down or 0))
                if ends != pytest.approx((upper, lower)):
                    found.append(f"{panel.name} {year}: interval")
        shaded = {round(s["x1"]) for s in panel.figure["layout"]["shapes"] if s["type"] == "rect"}
        if shaded != hidden[panel.state]:
            found.append(f"{panel.name}: shaded {shaded}")
        tops.add(panel.figure["layout"]["yaxis"]["range"][1])
    return found + ([] if len(tops) <= 1 else [f"scales: {tops}"])


def test_rates_and_their_intervals_are_the_warehouse_on_one_scale(warehouse, facts, pages):
    for family in facts.compared:
        page = pages[f"en/{compare.path(family)}"]
        known = rates(warehouse, family)
        assert rate_faults(page, family, known) == [], family
        assert {panel.state for panel in panels(page, "rates")} == known.keys()


def own_scale(page: str) -> str:
    at = page.index('"rates-arg":')
    return page[:at] + page[at:].replace('"yaxis":{"range":[0,', '"yaxis":{"range":[0,1', 1)


def rate_of_suppressed(page: str) -> str:
    at = page.index('"rates-bhs":')
    return page[:at] + page[at:].replace('"y":[null,', '"y":[0.9,', 1)


def narrow_interval(page: str) -> str:
    at = page.index('"rates-arg":')
    return page[:at] + re.sub(r'"array":\[null,[\d.]+', '"array":[null,0.01', page[at:], count=1)


def no_shade(page: str) -> str:
    kind = '"shapes suppressed":{"type":'
    return page.replace(f'{kind}"rect"', f'{kind}"line"', 1)


@pytest.mark.parametrize("sabotage", [own_scale, rate_of_suppressed, narrow_interval, no_shade])
def test_the_saboteur_of_a_rate_is_caught(warehouse, facts, pages, sabotage):
    family = next(family for family in facts.compared if compare.path(family) == VICTIMS)
    page = pages[f"en/{VICTIMS}"]
    spoilt = sabotage(page)
    assert spoilt != page
    assert rate_faults(spoilt, family, rates(warehouse, family)) != []


def test_known_rates(pages):
    page = pages[f"en/{VICTIMS}"]
    rows = table(page, "rates")
    argentina = dict(zip(rows.years, rows.rows["ARG"], strict=True))
    assert argentina[2008] == ("0.46 (0.189–2.21)", "")
    bahamas = dict(zip(rows.years, rows.rows["BHS"], strict=True))
    assert bahamas[2017] == ("s", "")
    assert "s the count is suppressed to protect persons, so there is no rate" in words(page)


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_the_key_of_rates_speaks_of_rates_and_that_of_counts_of_figures(pages, language):
    said = interface_text.labels("site_text", language)
    marks = {form: {said[f"key_{mark}{form}"] for mark in ("observed", "gap")}
             for form in ("", "_rate")}  # fmt: skip
    page = unescape(pages[f"{language}/{VICTIMS}"])
    for anchor, form, other in (("counts", "", "_rate"), ("rates", "_rate", "")):
        key = page.split(f'<figure id="{anchor}">')[1].split("</ul>")[0]
        meanings = set(re.findall(r"<span>([^<]*)</span>", key))
        assert marks[form] <= meanings
        assert marks[other].isdisjoint(meanings)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Without a rate in 15 of 16 years: 2007–2021. The count is suppressed to protect "
         "persons, so there is no rate: 2014, 2017."),
        ("es", "Sin tasa en 15 de 16 años: 2007–2021. La cifra está suprimida para proteger a las "
         "personas, por lo que no hay tasa: 2014, 2017."),
        ("pt", "Sem taxa em 15 de 16 anos: 2007–2021. O número está suprimido para proteger "
         "pessoas, por isso não há taxa: 2014, 2017."),
        ("fr", "Sans taux pour 15 des 16 années\u202f: 2007–2021. Le chiffre est masqué pour "
         "protéger des personnes, si bien qu’il n’y a pas de taux\u202f: 2014, 2017."),
    ],
)  # fmt: skip
def test_a_panel_of_rates_says_where_there_is_none_and_why(pages, language, said):
    of = {panel.state: panel.words for panel in panels(pages[f"{language}/{VICTIMS}"], "rates")}
    assert of["BHS"].endswith(said)


def test_a_suppressed_count_is_never_said_as_a_rate(pages):
    page = pages[f"en/{VICTIMS}"]
    for panel in panels(page, "rates"):
        assert "<" not in panel.last
        assert "Fewer than" not in panel.words


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_each_state_is_drawn_or_set_aside_with_its_reason(site, facts, pages, language):
    for family in facts.compared:
        page = pages[f"{language}/{compare.path(family)}"]
        aside = page.split('class="not-compared"')[1].split("</dl>")[0]
        named = ", ".join(re.findall(r"<dd>(.*?)</dd>", aside))
        names = {codelists.labels("area", language)[area] for area in site.states[language]}
        drawn = {panel.name for panel in panels(page, "counts")}
        assert drawn.isdisjoint(unescape(named).split(", "))
        assert drawn | set(unescape(named).split(", ")) == names


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Way of collection mixed or not stated; Legal definition not stated"),
        ("es", "Método de recolección mixto o no indicado; Definición legal no indicada"),
        ("pt", "Método de coleta misto ou não informado; Definição legal não informada"),
        ("fr", "Mode de collecte mixte ou non précisé\u202f; Définition légale non précisée"),
    ],
)
def test_haiti_is_not_compared_and_the_reason_is_said(pages, language, said):
    page = pages[f"{language}/{VICTIMS}"]
    reason = next(
        unescape(reason)
        for reason, names in re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page)
        if re.search("Ha[iï]t[ií]", unescape(names))
    )
    assert said in reason
    assert "US Department of State" in reason


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_the_list_leads_to_each_comparison_and_says_what_is_not_compared(facts, pages, language):
    page = pages[f"{language}/compare/index.html"]
    listed = re.findall(rf'href="[./]*{language}/(compare/\w+-[\w-]+\.html)"', page)
    assert listed == [compare.path(family) for family in facts.compared]
    assert interface_text.labels("site_text", language)["compare_one_state"] in unescape(page)


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_what_is_not_compared_is_told_apart_by_its_kind_of_year(pages, language):
    page = pages[f"{language}/compare/index.html"].split('id="others"')[1].split("</ul>")[0]
    lines = re.findall(r'indicator/(\w+)\.html">.*?class="remark">(.*?)</span></li>', page)
    of_reports = [said for code, said in lines if code == "vic_detect"]
    kind = codelists.labels("time_basis", language)["TIPR"]
    assert [kind in unescape(said) for said in of_reports] == [False, True]
    assert codelists.labels("time_basis", language)["CY"] not in unescape(page)


def test_everything_is_shown_and_the_choice_hidden_without_scripts(pages):
    page = pages[f"en/{VICTIMS}"]
    assert '<div class="chooser" hidden>' in page
    assert not re.findall(r"<(?:li|tr)[^>]* hidden[^>]* data-state", page)
    boxes = re.findall(r'<input type="checkbox" value="(\w+)" checked>', page)
    assert [box.upper() for box in boxes] == [panel.state for panel in panels(page, "counts")]


def test_a_page_is_light(pages):
    assert (
        max(len(text.encode()) for path, text in pages.items() if path.endswith(".html")) < 250_000
    )
