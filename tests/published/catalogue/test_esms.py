"""Reference metadata of sources: every statement is a fact of the warehouse, in four languages."""

from collections import Counter

from pipelines.published.catalogue import esms
from schemas import codelists


def said(reports: list[dict[str, str]], source: str, language: str = "en") -> dict[str, str]:
    return {
        row["attribute"]: row["text"]
        for row in reports
        if (row["source"], row["language"]) == (source, language)
    }


def test_every_source_that_may_be_passed_on_has_a_report_in_four_languages(connection, query):
    reports = esms.reports(connection)
    allowed = "select source from main.source where redistribute and contract = 'observation'"
    assert {row["source"] for row in reports} == {source for (source,) in query(allowed)}
    assert all(row["text"].strip() for row in reports)
    counted = Counter((row["source"], row["attribute"]) for row in reports)
    assert {*counted.values()} == {len(codelists.LANGUAGES)}
    assert {attribute for _, attribute in counted} == esms.attributes().keys()


def test_a_report_says_what_the_warehouse_knows(connection, query):
    found = said(esms.reports(connection), "int_unodc_glotip")
    [(figures, hidden, breaks)] = query(
        "select sum(figures)::bigint, sum(suppressed)::bigint, sum(breaks)::bigint "
        "from published.quality where source = 'int_unodc_glotip'"
    )
    apart = (f"{number:,}".replace(",", "\u202f") for number in (figures, hidden))
    assert found["CONF_DATA_TR"].startswith("Of {} figures, {} are suppressed".format(*apart))
    assert found["COMPAR_TIME"] == f"{breaks} breaks of series are known."
    assert found["STAT_CONC_DEF"] == "Definition of the Palermo Protocol"
    assert "Antigua & Barbuda, Argentina, Bahamas" in found["REF_AREA"]
    assert found["FREQ_DISS"] == "A newer release counts as overdue after two years."


def test_what_is_not_known_is_left_out(connection):
    """The publisher states no day of release, so nothing is said of delays."""
    assert not said(esms.reports(connection), "can_statcan").keys() & {"TIMELINESS", "PUNCTUALITY"}
