"""What the catalogue says of answers in the warehouse, and the check that none is missing."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipelines.orchestration import asset_metadata, checks
from schemas import codelists


def test_everything_is_answered_of_all_and_of_few_sources(built: Path, small: Path) -> None:
    assert checks.answer_result(built).passed
    assert checks.answer_result(small).passed


@pytest.fixture
def silent(built: Path, tmp_path: Path) -> Callable[[str, str], Path]:
    """Make a copy of the warehouse without some rows of a table."""
    copy = tmp_path / "tipstat.duckdb"
    copy.write_bytes(built.read_bytes())

    def without(table: str, where: str) -> Path:
        with duckdb.connect(copy) as connection:
            connection.execute(f"delete from published.{table} where {where}")
        return copy

    return without


def test_a_missing_sentence_is_named(silent: Callable) -> None:
    copy = silent("sentence", "(area, question, language) = ('AMERICAS', 'SAME_STATES', 'fr')")
    found = checks.answer_result(copy)
    assert (found.passed, found.description) == (False, "AMERICAS SAME_STATES fr")


def test_a_state_without_an_answer_is_named(silent: Callable) -> None:
    silent("answer", "(area, question) = ('HTI', 'NEED')")
    copy = silent("sentence", "(area, question) = ('HTI', 'NEED')")
    missing = checks.answer_result(copy).description.splitlines()
    assert missing == [f"HTI NEED {language}" for language in sorted(codelists.LANGUAGES)]


def test_answers_sentences_and_remarks_are_counted(built: Path, query: Callable) -> None:
    told = asset_metadata.warehouse_metadata(built)
    [(remarks,)] = query("select count(*) from published.remark")
    assert told["sentences"] == len(codelists.LANGUAGES) * told["answers"] > 0
    severities = {*codelists.column("remark", "severity").values()}
    assert sum(told[f"remarks_{each}"] for each in severities) == remarks
