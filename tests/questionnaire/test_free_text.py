"""Names of offices and laws are taken; what leads to a person is refused."""

from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ana, ana@office.example", "person"), ("ana @ office.example", "person"),
        ("ana (at) office.example", "person"), ("+509 2812 3456", "person"),
        ("Ministry, (876) 922-1234", "person"), ("2812-3456", "person"), ("922-1234", "person"),
        ("01 23 45 67 89", "person"), ("Tel. 555 123", "person"), ("DNI 12.345.678", "person"),
        ("Cédula 1-1234-5678", "person"), ("WhatsApp: 55 1234", "person"),
        ("Dossier 0012 345 6789", "person"), ("+55 (61) 2025-3000", "person"),
        ("Dra. Ana Pérez, Fiscalía", "named"), ("Ministerio Público, Lic. Ana Pérez", "named"),
        ("Mme Dupont", "named"), ("M. Jean Dupont, Comité national", "named"),
        ("Ministry of Justice (contact: Jane Doe)", "named"), ("Responsável: José", "named"),
        ("https://ana@office.example", "person"), ("https://o.example?a@x.example", "person"),
        ("ana＠office.example", "person"), ("ana arroba office.example", "person"),
        ("５０９２８１２３４５６", "person"), ("https://wa.me/50928123456", "person"),
        ("Passeport AB1234567", "person"), ("CURP GOMC960912HDFRRN09", "person"),
        ("Dr Juan Pérez", "named"), ("Srª Ana Souza", "named"), ("Lcda. María López", "named"),
        ("Doña María López", "named"), ("Maître Jean Dupont", "named"), ("Miss Doe", "named"),
        ("Punto focal: María López", "named"), ("Elaborado por Juan Pérez", "named"),
        ("Mrs Doe", "named"), ("x" * 201, "long"), ("a\tb", "unprintable"),
    ],
)  # fmt: skip
def test_what_leads_to_a_person_is_refused(text: str, code: str) -> None:
    assert free_text.fault(text, 200) == code
