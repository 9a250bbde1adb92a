"""What a form asks: allowed by the contract, worded in four languages, known by its version."""

import re

import pytest

from pipelines.questionnaire import form, labels, texts
from pipelines.questionnaire.form import DIMENSIONS, Form
from pipelines.questionnaire.splits import splits
from pipelines.questionnaire.workbook import SHEETS
from schemas import codelists


def test_every_row_is_a_cell_that_the_contract_allows() -> None:
    indicators = codelists.load("indicator").set_index("code")
    for row in form.rows():
        allowed = indicators.loc[row.indicator, "dims_allowed"].lower().split()
        assert set(row.breakdown.split()) <= set(allowed), row
        assert all(code in codelists.codes(name) for name, code in zip(DIMENSIONS, row.codes,
                                                                       strict=True))  # fmt: skip
        assert row.sheet in SHEETS
    names = [each.name for each in form.asked()]
    assert len(set(names)) == len(names)
    assert 50 < len(names) < 100, "an hour's work"


def test_every_part_has_its_total_in_the_form() -> None:
    parts = {part for split in splits() for part in split.parts}
    assert parts == {row for row in form.rows() if row.breakdown}


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_every_text_is_there_in_each_language(language: str) -> None:
    wanted = texts.texts("en")
    for code, text in texts.texts(language).items():
        assert _placeholders(text) == _placeholders(wanted[code]), code
    shown = Form("HTI", 2024, language)
    sheets = [shown.say(f"sheet_{name}") for name in (*SHEETS, "guide")]
    assert len(set(sheets)) == len(sheets)
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in sheets)
    for row in form.rows():
        assert labels.explanation(row, shown)
    for question in form.QUESTIONS:
        choices = [name.casefold() for name in shown.choices(question).values()]
        assert len(set(choices)) == len(choices)


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"{(\w+)}", text))


def test_every_text_is_used() -> None:
    folder = texts.FILE.parent
    sources = [*folder.rglob("*.py"), *folder.rglob("*.j2"), folder.parent / "cli/questionnaire.py"]
    used = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    begun = ("sheet_", "guide_", "by_", "ask_", "help_", "problem_", "part_", "status_", "refusal_")
    idle = [
        code
        for code in texts.texts("en")
        if not code.startswith(begun) and not re.search(rf"[\".]{code}\b", used)
    ]
    assert idle == []
    known = {code.partition("_")[2] for code in texts.texts("en")
             if code.startswith(("problem_", "refusal_"))}  # fmt: skip
    assert [code for code in known if f'"{code}"' not in used] == []


def test_the_version_follows_what_is_asked(monkeypatch, tmp_path) -> None:
    before = form.version()
    lines = form.PLAN.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "plan.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    monkeypatch.setattr(form, "PLAN", tmp_path / "plan.csv")
    form.rows.cache_clear(), form.version.cache_clear()
    try:
        assert len(form.rows()) and form.version() != before
    finally:
        monkeypatch.undo()
        form.rows.cache_clear(), form.version.cache_clear()
    assert form.version() == before
