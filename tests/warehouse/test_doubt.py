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
