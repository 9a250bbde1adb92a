"""Assessments: what the files say, how near to the publisher it was read, what is quarantined."""

from collections.abc import Callable

import pytest
from tables import table

from pipelines.harmonised import guard
from pipelines.harmonised.harmonise import Harmonised
from pipelines.sources import discover
from pipelines.sources.usa_tip_assessment import address, provenance, tells_few, weakness
from schemas import codelists
from schemas.assessment import HIDDEN

RELEASE = "2025-09-29"
SOURCE = "usa_tip_assessment"

READ_AT = "https://www.state.gov/reports/x"


@pytest.mark.parametrize(("url", "expected", "weak"), table(__file__, "hosts.csv"))
def test_provenance_follows_from_the_host(url: str, expected: str, weak: str) -> None:
    assert (provenance(url), weakness(url)) == (expected, weak)
    assert address(url) == ("" if weak else url)


OF_FEW = (
    "four invented victims found", "No invented victim found", "one trafficker tried",
    "Nobody charged", "first conviction ever", "an official investigated",
    "three years without conviction", "two of the convicts were police",
    "former chief of a unit convicted", "Not a single victim found", "five invented trials",
    "police officer on trial", "offender given long prison", "a nightclub raided",
    "one judge added", "first convictions for servitude", "joint inquiry with a neighbour",
    "no employer punished", "that official stayed in office", "invented victim moved on safely",
    "few invented victims found", "number of victims stayed small",
    "their sentences were invented", "All of them sent to invented care",
    "abuse inside the invented scheme", "allegations inside the invented office",
    "arrests and seizures with an invented neighbour", "Steps taken against police involved",
    "Police suspected of invented deeds only disciplined", "Victims assisted",
    "Bribery claims against immigration staff set aside", "invented prison imposed",
    "men sheltered for the first time", "No invented enforcement; no enforcement reported",
    "older cases against officials went on", "operation against invented abuse planned",
)  # fmt: skip
OTHERS = (
    "fewer victims found", "a third of victims not referred", "no shelter for adults",
    "three times as many convictions", "one procedure for the whole administration",
    "every possible victim sent to help", "first victim shelter in the capital",
    "found victims seldom lead to an investigation", "a court case database",
    "Five-year campaign", "none for men", "joint inquiries with other states",
    "courses for police involved in care", "claims against officials ignored",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "of_few"), [("effort", HIDDEN), ("shortfall", HIDDEN), ("recommendation", "")]
)
def test_a_summary_that_tells_of_few_persons_is_hidden(
    of_lines: Callable, kind: str, of_few: str
) -> None:
    summaries = (*OF_FEW, *OTHERS)
    rows = of_lines(
        *(line(kind=kind, rank=f"{n}", summary=each) for n, each in enumerate(summaries, 1))
    ).rows
    assert rows["summary"].astype(str).tolist() == [*((of_few or each) for each in OF_FEW), *OTHERS]


def test_no_shipped_summary_tells_of_few_persons(shipped: Harmonised) -> None:
    told = shipped.rows[shipped.rows["kind"].isin(("EFFORT", "SHORTFALL"))]
    assert not [text for text in {*told["summary"].astype(str)} - {HIDDEN} if tells_few(text)]
    assert (told["summary"] == HIDDEN).sum() == 419


HIDDEN_ONES = """
    ARG 2020 SHORTFALL 2 WITNESS, ATG 2017 SHORTFALL 4 COMPLICITY, ATG 2018 EFFORT 2 PROSECUTE,
    ATG 2019 SHORTFALL 4 COMPLICITY, BLZ 2025 EFFORT 1 PROSECUTE, BRA 2018 EFFORT 3 RESTITUTION,
    BRB 2018 EFFORT 1 PROSECUTE, COL 2025 EFFORT 3 COOPERATION, DOM 2020 SHORTFALL 2 COMPLICITY,
    GTM 2015 EFFORT 1 PROSECUTE_LABOUR, GTM 2024 SHORTFALL 1 LAW_PENALTIES,
    GUY 2020 EFFORT 2 LAW_PENALTIES, HND 2022 SHORTFALL 2 RECRUITMENT,
    JAM 2019 SHORTFALL 4 REFERRAL, LCA 2021 EFFORT 2 JUSTICE_CAPACITY, LCA 2021 EFFORT 4 SERVICES,
    PAN 2023 EFFORT 3 IDENTIFY, PAN 2024 EFFORT 4 COOPERATION, PER 2019 EFFORT 1 PROSECUTE,
    SUR 2024 EFFORT 2 IDENTIFY, SUR 2024 EFFORT 3 COMPLICITY, TTO 2024 SHORTFALL 2 COMPLICITY,
    URY 2021 EFFORT 3 DEMAND
"""
"""Statements that a person found, on reading all, to tell of one case or of few persons."""


def test_what_a_reader_found_to_tell_of_a_case_is_hidden(query: Callable) -> None:
    hidden = query(
        "select ref_area, report_year::varchar, kind, rank::varchar, code "
        f"from published.assessment_statement where summary = '{HIDDEN}'"
    )
    assert {tuple(each.split()) for each in HIDDEN_ONES.split(",")} <= {*hidden}
    assert len(hidden) == 359


def line(**other: str) -> str:
    """One row as text, with what differs from an ordinary one."""
    usual = {
        "coding": "main", "iso3": "ARG", "report_year": "2024", "tier": "1",
        "direction": "INCREASED", "kind": "effort", "rank": "1", "code": "DATA",
        "summary": "an information system", "is_cut": "0", "url": READ_AT,
    }  # fmt: skip
    return ",".join({**usual, **other}.values())


def test_the_message_of_an_unknown_code_names_the_list_to_add_it_to(of_lines: Callable) -> None:
    [message] = of_lines(line(code="DATABASE")).quarantine["message"]
    assert "schemas/codelists/assessment_code.csv" in message


def test_an_item_has_a_row_for_each_code_and_no_code_twice(of_lines: Callable) -> None:
    assert len(of_lines(line(), line(code="PLAN")).rows) == 2
    again = of_lines(line(), line(summary="something else"))
    assert set(again.quarantine["rule"]) == {"one_row_per_cell"}


def test_a_new_release_is_compared_by_its_statements_not_as_magnitudes(
    shipped: Harmonised,
) -> None:
    publication = discover()[SOURCE]
    current = guard.stacked([shipped.rows], [*shipped.rows.columns[2:8]])
    same = guard.compare(publication, "REPLACE", current, shipped)
    assert [each.says for each in same.doubts] == [f"adds nothing to the release of {RELEASE}"]
    assert same.sheet().empty


def test_codes_belong_to_subjects_indicators_and_needs_that_exist() -> None:
    columns = {
        name: codelists.column("assessment_code", name)
        for name in ("subject", "indicators", "needs")
    }
    named = {
        name: {each for text in column.values() for each in text.split()}
        for name, column in columns.items()
    }
    assert named["subject"] == {"PRACTICES", "DEMAND", "COMPARABLE"}
    assert named["indicators"] <= set(codelists.codes("indicator"))
    assert named["needs"] == set(codelists.codes("need"))
    assert len(codelists.codes("assessment_code")) == 26 + 1  # that of no statement
