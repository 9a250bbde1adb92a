"""Every planted error is found at its cell; sound forms have no problem."""

from dataclasses import replace

import filled_forms
import pytest
from filled_forms import FORM

from pipelines.protection.cells import Bounds
from pipelines.questionnaire.answers import Filled
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.form import Form, Row, rows
from pipelines.questionnaire.published_figures import Known
from pipelines.questionnaire.splits import splits
from schemas import codelists

TOTAL = "VIC_DETECT|_T|_T|_T|_T"
COUNTS = [row for row in rows() if row.kind == "count"]
FLAGS = [row for row in rows() if row.kind == "flag"]
WRONG = {
    "1.234": "separator", "1,5": "fraction", "12.5": "fraction", "1.234.5": "separator",
    "1 234": "separator",
    "1'234": "separator", "1\u202f234": "separator", "1\xa0234": "separator",
    "-3": "negative", "<10": "limit",
    "<=4": "limit", ">5": "limit", "=1+1": "limit", "x": "text", "no sé": "text", "1e3": "text",
    "12 personnes": "text", "٣٤": "text", "²": "text", "9999": "stand_in", "6112019": "stand_in",
    "12345678901": "large",
}  # fmt: skip


def answers(seed: int = 1, form: Form = FORM) -> dict[str, str]:
    return filled_forms.stated(form) | filled_forms.figures(form, seed)


def problems(filled: Filled, published: Known | None = None) -> set[tuple[str, str]]:
    """Return the place and the sentence of each problem."""
    found = Checked(filled, published or Known()).problems
    return {(each.place, each.text(filled.form.language)) for each in found}


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_sound_forms_have_no_problem(language: str) -> None:
    for seed in range(5):
        form = replace(FORM, language=language)
        checked = Checked(filled_forms.read(form, answers(seed, form)), Known())
        assert checked.problems == []
        assert len(checked.figures) == len(rows())


@pytest.mark.parametrize(("text", "code"), WRONG.items())
def test_what_is_no_number_is_found_at_its_cell(text: str, code: str) -> None:
    """Sums, flags and broken files are planted in `test_faulty_forms.py`."""
    name = COUNTS[len(text) % len(COUNTS)].name
    checked = Checked(filled_forms.read(FORM, answers() | {name: text}), Known())
    assert f"{name} figure" in {each.place for each in checked.problems if each.code == code}
    assert not checked.is_accepted


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("office", "", "missing"), ("office", "x" * 121, "long"),
        ("office", "Ana, ana@office.example", "person"), ("law", "Tel. 5551 234 5678", "person"),
        ("page", "office.example", "address"), ("coll_method", "?", "choice"),
        ("def_scope", "", "missing"), ("time_basis", "2024", "choice"), ("since", "2031", "year"),
        ("since", "15", "year"), ("office", "two\nlines", "unprintable"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_stand_is_found(name: str, text: str, code: str) -> None:
    found = Checked(filled_forms.read(FORM, answers() | {name: text}), Known()).problems
    assert (f"{name} figure", code) in {(each.place, each.code) for each in found}


def test_below_five_is_an_interval() -> None:
    given = answers()
    split = next(each for each in splits() if each.whole.name == TOTAL)
    given |= {TOTAL: "12", **{part.name: "<5" for part in split.parts}}
    for each in rows():
        if each.indicator == "VIC_DETECT" and each not in (split.whole, *split.parts):
            given[each.name] = ""
    assert problems(filled_forms.read(FORM, given)) == set()
    given[TOTAL] = "17"  # four times 4 is 16
    words = FORM.say("problem_short", parts="0–16", total="17")
    assert (f"{TOTAL} figure", words) in problems(filled_forms.read(FORM, given))
    given[TOTAL], given[split.parts[0].name] = "<5", "5"
    words = FORM.say("problem_exceed", parts="5–17", total="<5")
    assert (f"{TOTAL} figure", words) in problems(filled_forms.read(FORM, given))


def test_what_surprises_needs_a_reason() -> None:
    given = answers()
    size = int(given[TOTAL])
    third = Bounds(size // 3, size // 3)
    published = Known({TOTAL: third}, {TOTAL: Bounds(size + 1, size + 1)})
    checked = Checked(filled_forms.read(FORM, given), published)
    assert [each.place for each in checked.problems] == [f"{TOTAL} figure"] * 2
    assert not any(each.stops for each in checked.problems)
    assert not checked.is_accepted
    noted = filled_forms.read(FORM, given, {TOTAL: "Une nouvelle unité compte depuis mars."})
    assert Checked(noted, published).is_accepted
    near = Known({TOTAL: Bounds(size, size)}, {TOTAL: Bounds(0, size)})
    assert problems(filled_forms.read(FORM, given), near) == set()


def test_a_note_leads_to_no_person() -> None:
    for text, code in (
        ("Voir maria@office.example", "person"), ("Dossier 0012 345 6789", "person"),
        ("a\tb", "unprintable"), ("x" * 301, "long"),
    ):  # fmt: skip
        checked = Checked(filled_forms.read(FORM, answers(), {TOTAL: text}), Known())
        assert [(each.column, each.place) for each in checked.problems] == [
            ("note", f"{TOTAL} note")
        ], code
    harmless = "Depuis le 2023-03-01, voir https://office.example/2023/1234567\u202f: « oui »"
    assert problems(filled_forms.read(FORM, answers(), {TOTAL: harmless})) == set()


@pytest.mark.parametrize("text", ["<b>Office</b>", '=HYPERLINK("a";"b")', "@SUM(A1)", "+1+2", "-1"])
def test_what_a_program_could_run_is_no_name_of_an_office(text: str) -> None:
    given = answers() | {"office": text, "law": text, "page": "https://office.example/<script>"}
    checked = Checked(filled_forms.read(FORM, given), Known())
    places = {each.place for each in checked.problems if each.code == "active"}
    assert places == {"office figure", "law figure", "page figure"}


def test_an_empty_form_and_one_of_a_year_that_is_not_over() -> None:
    only = filled_forms.stated(FORM)
    first = f"{rows()[0].name} figure"
    assert (first, FORM.say("problem_empty")) in problems(filled_forms.read(FORM, only))
    later = replace(FORM, year=2090)
    words = later.say("problem_not_over", year=2090)
    found = problems(filled_forms.read(later, answers(1, later)))
    assert (first, words) in found


def test_choices_are_read_by_name_or_code() -> None:
    given = answers()
    flags = {row.name: "1" for row in FLAGS}
    checked = Checked(filled_forms.read(FORM, given | flags | {"time_basis": "FY1001"}), Known())
    assert checked.problems == []
    assert checked.stated["time_basis"] == "FY1001"
    assert checked.stated["def_scope"] == "PALERMO"
    assert checked.figures[Row("policy", "POL_NAP")] == (1, 1)
    assert set(checked.stated) == set(filled_forms.stated(FORM))


@pytest.mark.parametrize(
    "text", ["n/d", "N/D", "N/A", "n.d.", "s/d", "S/D", "S/I", "-", "–", "..", "…", "No disponible",
             "não disponível", "Sin datos"]
)  # fmt: skip
def test_what_means_not_available_is_blank_everywhere(text: str) -> None:
    given = answers()
    row = COUNTS[-1]
    checked = Checked(filled_forms.read(FORM, given | {row.name: text}), Known())
    assert checked.problems == []
    assert row not in checked.figures
    flag = Checked(filled_forms.read(FORM, given | {FLAGS[0].name: text}), Known())
    assert flag.problems == []
    assert FLAGS[0] not in flag.figures
    asked = Checked(filled_forms.read(FORM, given | {"office": text}), Known())
    assert [(each.name, each.code) for each in asked.problems] == [("office", "missing")]


@pytest.mark.parametrize(
    ("text", "figure"),
    [("SI", 1), ("Si", 1), ("sí.", 1), ("sim", 1), ("OUI", 1), ("Yes", 1), ("NO", 0), ("Não", 0),
     ("nao", 0), ("non", 0)],
)  # fmt: skip
def test_yes_and_no_are_read_in_any_language_without_accents_and_case(text, figure) -> None:
    checked = Checked(filled_forms.read(FORM, answers() | {FLAGS[0].name: text}), Known())
    assert checked.problems == []
    assert checked.figures[FLAGS[0]] == (figure, figure)


@pytest.mark.parametrize(("text", "code"), [("S", "yes"), ("x", "yes"), ("N", "no")])
def test_a_letter_for_yes_or_no_is_asked_about(text: str, code: str) -> None:
    given = answers() | {FLAGS[0].name: text}
    checked = Checked(filled_forms.read(FORM, given), Known())
    assert [(each.code, each.stops) for each in checked.problems] == [(f"read_as_{code}", False)]
    noted = filled_forms.read(FORM, given, {FLAGS[0].name: "C'est oui."})
    assert Checked(noted, Known()).is_accepted


def test_marks_of_published_figures_need_their_address_and_day() -> None:
    filled = filled_forms.read(FORM, answers(), marked={TOTAL: "Oui"})
    assert {(each.name, each.code) for each in Checked(filled, Known()).problems} == {
        ("published_at", "published_where"), ("published_on", "published_where")
    }  # fmt: skip
    where = {"published_at": "https://office.example/2023", "published_on": "2024-05-02"}
    checked = Checked(filled_forms.read(FORM, answers() | where, marked={TOTAL: "x"}), Known())
    assert checked.problems == []
    assert [row.name for row in checked.public] == [TOTAL]
    wrong = filled_forms.read(FORM, answers(), marked={TOTAL: "page 4"})
    assert [each.code for each in Checked(wrong, Known()).problems] == ["mark"]
