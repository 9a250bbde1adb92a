"""Comments of workbooks: no code and no English passes for the reader's language."""

import pytest

from pipelines.published.extracts.comments import in_words


@pytest.mark.parametrize(
    ("comment", "text"),
    [
        ("SUM_OF_AGES", "Suma de varias filas que la fuente publica para esta cifra"),
        (
            "doubt SOMETHING_7",
            "Otras cifras la contradicen, y no se puede saber cuál es la correcta",
        ),
        ("correction SOMETHING_7", "corregida por tipstat"),
        ("revision", "en inglés: «revision»"),
        (
            "adult victims; YEAR_INFERRED",
            "Año inferido: la fuente no lo indica; en inglés: «adult victims»",
        ),
        (None, None),
    ],
)
def test_codes_are_named_and_english_is_quoted(comment: str | None, text: str | None) -> None:
    assert in_words([comment], "es") == [text]
    assert in_words(["a remark; another"], "en") == ["a remark; another"]
