"""Names of offices and laws are taken; what leads to a person is refused."""

from pathlib import Path

import pytest
from tables import table

from pipelines.questionnaire import free_text

OFFICES = Path(__file__).with_name("offices.txt").read_text(encoding="utf-8").splitlines()

LAWS = (
    "Ley 985 de 2005", "Ley N.º 26.842", "Lei nº 13.344/2016", "Loi 2014-0010", "Ley 137-03",
    "Decreto 1.234/2016", "Act No. 12 of 2009, Cap. 27.02", "Ley 27-2012, arts. 3-5",
    "Criminal Code, R.S.C. 1985, c. C-46, s. 279.01", "Decreto Legislativo 1323/2017",
)  # fmt: skip
NOTES = (
    "2022-2023: una unidad nueva", "Depuis le 2023-03-01, voir https://office.example/2023/1234567",
    "1 234 567 appels, dont 12 345 fondés", "Línea telefónica 145 y 911", "de 12.345 a 23.456",
)  # fmt: skip


@pytest.mark.parametrize("text", [*OFFICES, *LAWS, *NOTES])
def test_offices_laws_and_reasons_are_taken(text: str) -> None:
    assert free_text.fault(text, 200) == ""


@pytest.mark.parametrize(("text", "code"), table(__file__, "refused_texts.csv"))
def test_what_leads_to_a_person_is_refused(text: str, code: str) -> None:
    assert free_text.fault(text, 200) == code
