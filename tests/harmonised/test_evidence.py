"""Evidence is worded from its numbers, whatever kind it is of."""

import pytest

from pipelines.harmonised import evidence
from pipelines.raw.findings import EVIDENCE, Finding

NAMES = {"VIC_DETECT": "Detected victims"}
AGREEMENT = {"agree": 22, "compared": 39, "by_chance": 9e-13}
TABLE = {"other_indicator": "VIC_DETECT", "other_kind": "sex x age", "other_year": 2019}


def finding(kind: str, **told: object) -> Finding:
    usual = {"row": "4", "ref_area": "COL", "detector": "ANY", "effect": "LIST", "year": 2018}
    return Finding(**{**usual, "evidence": kind, "version": "1", "sha256": "", **told})


@pytest.mark.parametrize(("most", "words"), [(1744, "1744"), (1750, "1744 to 1750")])
def test_what_the_parts_come_to(most: int, words: str) -> None:
    slip = finding("PARTS_DIFFER", other_kind="sex", least=1744, most=most)
    assert evidence.in_words(slip, {}) == f"its rows by sex come to {words}"


@pytest.mark.parametrize("kind", EVIDENCE)
def test_every_kind_has_words(kind: str) -> None:
    told = {**AGREEMENT, **TABLE, "others_agree": 1, "others_compared": 14}
    words = evidence.in_words(finding(kind, **told, least=5, most=5), NAMES)
    assert "None" not in words
    assert bool(words) == (kind != "ITSELF")
