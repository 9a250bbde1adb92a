"""What a form asks: allowed by the contract, worded in four languages, known by its version."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from pipelines.questionnaire import form, labels, texts
from pipelines.questionnaire.form import DIMENSIONS, Form
from pipelines.questionnaire.splits import splits
from pipelines.questionnaire.workbook import SHEETS
from schemas import codelists, standard
from schemas.standard.sheet import Breakdowns


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
    assert 50 < len(names) < 120, "an hour's work"


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
    begun = (
        "sheet_",
        "guide_",
        "by_",
        "ask_",
        "help_",
        "problem_",
        "part_",
        "status_",
        "refusal_",
        "preview_",
    )
    idle = [
        code
        for code in texts.texts("en")
        if not code.startswith(begun) and not re.search(rf"[\".]{code}\b", used)
    ]
    assert idle == []
    known = {code.partition("_")[2] for code in texts.texts("en")
             if code.startswith(("problem_", "refusal_"))}  # fmt: skip
    assert [code for code in known if f'"{code}"' not in used] == []


@pytest.fixture
def changed(monkeypatch) -> Iterator[Callable[..., None]]:
    """Change a field of a sheet of the standard."""

    def change(indicator: str, **fields: object) -> None:
        sheets = {**standard.indicators()}
        sheets[indicator] = replace(sheets[indicator], **fields)
        monkeypatch.setattr(standard, "indicators", lambda: sheets)
        form.rows.cache_clear(), form.version.cache_clear()

    yield change
    monkeypatch.undo()
    form.rows.cache_clear(), form.version.cache_clear()


def test_a_wording_leaves_the_version_and_another_meaning_changes_it(changed) -> None:
    before = form.version()
    text = standard.indicators()["VIC_IDENT"].definition
    changed("VIC_IDENT", definition=replace(text, en=f"{text.en} Reworded."))
    assert form.version() == before
    changed("VIC_IDENT", meaning=2)
    assert form.version() != before


def test_a_breakdown_that_a_sheet_asks_is_asked(changed) -> None:
    before, count = form.version(), len(form.rows())
    changed("VIC_REPATR", breakdowns=Breakdowns(required=("citizenship",)))
    assert len(form.rows()) == count + 3
    assert form.version() != before


def test_domestic_servitude_is_asked_below_forced_labour() -> None:
    part = form.Row("victims", "VIC_DETECT", exploitation="FL_DOM")
    whole = form.Row("victims", "VIC_DETECT", exploitation="FL")
    assert [split.parts for split in splits() if split.whole == whole] == [(part,)]
    forms = [row.exploitation for row in form.rows() if row.indicator == "VIC_DETECT"]
    assert forms.index("FL_DOM") == forms.index("FL") + 1


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_help_beside_a_cell_is_what_the_sheet_says(language: str) -> None:
    sheet = standard.indicators()["VIC_DETECT"]
    text = labels.explanation(form.Row("victims", "VIC_DETECT"), Form("HTI", 2024, language))
    for each in (sheet.definition, sheet.counting_rule, *sheet.includes, *sheet.excludes):
        assert each[language] in text
