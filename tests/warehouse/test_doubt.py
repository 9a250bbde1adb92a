"""What other figures show to be doubtful: forms, other units, jumps of one part of a country."""

import re

import pytest
from small_warehouse import cells, once_doubted
from tables import table

WORDS = {
    "UNODC": "PER 2022 source=int_unodc_glotip",
    "POLICE": "PER 2022 source=per_mininter VIC_RECORDED",
    "PERSONS": "PER source=per_mininter VIC_RECORDED",
    "FISCALIA": "source=col_fiscalia VIC_RECORDED",
    "TOTALS": "UNODC 631; POLICE 631",
    "FORMS": "UNODC SX 331; UNODC FL 12; UNODC FL F 7; UNODC OTH 288",
}  # fmt: skip


@pytest.mark.parametrize(("rows", "doubtful", "why"), table(__file__, "doubts.csv"))
def test_what_other_figures_show_to_be_doubtful(
    warehouse, rows: str, doubtful: str, why: str
) -> None:
    """What identifies a doubtful figure among the cases, and the first reason of the doubt."""
    for word in ("TOTALS", "FORMS", "UNODC", "POLICE", "PERSONS", "FISCALIA"):
        rows = re.sub(rf"\b{word}\b", WORDS[word], rows)
    reasons = (
        "select concat_ws(' ', nullif(ref_area, 'PER'), nullif(indicator, 'VIC_DETECT'), "
        "nullif(time_period, '2022'), nullif(exploitation, '_T'), nullif(sex, '_T'), "
        "(select code from codelist.remark where severity = 'doubt' "
        "and list_contains(flags, code) order by rank::integer limit 1)) "
        "from harmonised.observation where has_status(obs_status, 'U')"
    )
    found = once_doubted(warehouse, reasons, *cells(rows))
    assert "; ".join(sorted(text for (text,) in found)) == doubtful, why


def test_the_doubtful_figures_in_use(query) -> None:
    found = query(
        "select ref_area::varchar, indicator::varchar, reasons[1], "
        "list(distinct time_period order by time_period) from harmonised.doubt "
        "semi join published.observation using (source, release, ref_area, indicator, time_basis, "
        "time_period) where reasons <> ['BELOW_PARTS'] group by all order by all"
    )
    assert found == [
        ("BOL", "VIC_DETECT", "PARTS_REVISED", ["2019"]),
        ("BRA", "VIC_DETECT", "PARTS_REVISED", ["2020", "2022"]),
        ("CAN", "VIC_DETECT", "OTHER_UNIT", ["2017", "2018"]),
        ("CO-NSA", "VIC_RECORDED", "ONE_PART", ["2025"]),
        ("COL", "VIC_RECORDED", "ONE_PART", ["2025"]),
        ("CRI", "VIC_DETECT", "PARTS_REVISED", ["2020"]),
        ("DOM", "VIC_DETECT", "PARTS_REVISED", ["2020"]),
        ("PER", "OFF_RECORDED", "OTHER_UNIT", ["2012", "2013", "2019", "2020", "2021", "2022"]),
        ("PER", "VIC_DETECT", "OWN_FORMS", ["2017", "2018", "2019", "2021"]),
        ("PER", "VIC_DETECT", "PARTS_REVISED", ["2019", "2020"]),
    ]


def test_a_doubtful_figure_is_neither_cited_nor_divided(query) -> None:
    assert query(
        "select source, year from published.national_series "
        "where ref_area = 'PER' and indicator = 'OFF_RECORDED' order by year"
    ) == [("int_unodc_glotip", year) for year in (2010, 2017, 2018, 2023)]
    assert query(
        "select max(year) from published.national_series "
        "where ref_area = 'COL' and indicator = 'VIC_RECORDED'"
    ) == [(2024,)]
    assert query(
        "select exploitation, value, withholding from published.share where ref_area = 'PER' and "
        "source = 'int_unodc_glotip' and indicator = 'VIC_DETECT' and year = 2022 "
        "and sex = '_T' and age = '_T' order by exploitation"
    ) == [
        ("FL", pytest.approx(27.42, abs=0.01), None),
        ("OTH", None, "DOUBTFUL"),
        ("SX", pytest.approx(52.46, abs=0.01), None),
    ]
    assert query(
        "select distinct value, withholding from published.rate "
        "where ref_area = 'COL' and source = 'col_fiscalia' and year = 2025 and sex = '_T'"
    ) == [(None, "DOUBTFUL")]
    assert query("select distinct withholding from published.rate where source = 'usa_sdg'") == [
        ("PARTIAL",)
    ]
