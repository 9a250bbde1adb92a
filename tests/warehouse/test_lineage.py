"""From a figure back to the printed cell, and forward to what was made of it."""

from collections.abc import Callable

import pytest

GLOTIP = "int_unodc_glotip", "2025-10-28"
HEADLINE = "sex = '_T' and age = '_T' and exploitation = '_T' and citizenship = '_T'"


def steps(query: Callable, source: str, release: str, locator: str) -> list[tuple[str, str, str]]:
    found = query(
        "select lineage_step, what, found from "
        f"published.lineage('{source}', '{release}', '{locator}') order by place"
    )
    return [tuple(step) for step in found]


def test_a_headline_of_unodc(query: Callable) -> None:
    [(locator, raw, checksum)] = query(
        "select locator, value_raw, sha256 from published.observation "
        "join main.raw_file using (source, release) where source = 'int_unodc_glotip' "
        "and ref_area = 'ARG' and indicator = 'VIC_DETECT' and time_period = '2019' and " + HEADLINE
    )
    found = steps(query, *GLOTIP, locator)
    kinds = [kind for kind, _, _ in found]
    assert kinds[:4] == ["PUBLISHER_FILE", "FIGURE_TABLE", "PRINTED", "FIGURE"]
    assert {"HOLDS", "RATE", "SHARE"} <= set(kinds)
    by_kind = {kind: (what, text) for kind, what, text in found}
    assert by_kind["PRINTED"] == (locator, raw)
    assert "data_glotip.xlsx" in by_kind["PUBLISHER_FILE"][0]
    assert "sha256" in by_kind["PUBLISHER_FILE"][1]
    assert by_kind["FIGURE_TABLE"][1] == f"sha256 {checksum}"


def test_a_row_in_quarantine_says_why(query: Callable) -> None:
    [(locator, rule)] = query(
        "select locator, rule from main.quarantine where source = 'int_unodc_glotip' "
        "and release = '2025-10-28' order by locator limit 1"
    )
    kept_out = [text for kind, _, text in steps(query, *GLOTIP, locator) if kind == "QUARANTINE"]
    assert any(text.startswith(f"{rule}: ") for text in kept_out)


def test_a_month_of_a_state_of_mexico_leads_to_the_national_sum(query: Callable) -> None:
    [(release, locator)] = query(
        "select release, locator from published.observation where source = 'mex_sesnsp' and "
        "ref_area = 'MX-JAL' and time_period = '2022-03' order by locator limit 1"
    )
    found = steps(query, "mex_sesnsp", release, locator)
    assert any(kind == "SUM" and what.startswith("MEX ") for kind, what, _ in found)


def test_a_revised_figure_shows_both_texts(query: Callable) -> None:
    [(locator, before, now)] = query(
        "select locator, previous_value_raw, value_raw from published.revision where "
        "release = '2025-10-28' and change = 'changed' and indicator = 'VIC_DETECT' "
        f"and {HEADLINE} order by locator limit 1"
    )
    [text] = [text for kind, _, text in steps(query, *GLOTIP, locator) if kind == "REVISION"]
    assert text == f"changed in 2025-10-28 from {before} of 2025-04-14 to {now}"


@pytest.mark.slow
def test_every_kind_of_step_is_named_and_occurs(query: Callable) -> None:
    newest = "select source, max(release), max_by(locator, release || locator) from"
    places = query(
        f"{newest} published.observation group by all union all "
        f"{newest} published.headline group by all union all "
        f"{newest} published.revision where change = 'changed' group by all union all "
        f"{newest} main.quarantine group by all union all "
        f"{newest} published.observation where source = 'mex_sesnsp' and ref_area <> 'MEX' "
        "group by all"
    )
    kinds = {kind for place in places for kind, _, _ in steps(query, *place)}
    assert kinds == {code for (code,) in query("select code from codelist.lineage_step")}
