"""The form of a file that somebody shows the scaffold."""

import csv
from pathlib import Path

import pytest

from pipelines.scaffold.sample import read_sample
from pipelines.sources import FileRefusedError


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_the_form_of_a_text_is_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    dash = "–" if encoding == "cp1252" else "-"
    rows = [["Año", 'Sexo, edad; "todos"', "Cifra"], ["2019", f"a{dash}b", "1,5"], ["2020", "", ""]]
    path = tmp_path / "file.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    found = read_sample(path).layout
    assert (found.file, found.header, found.delimiter) == ("file.csv", tuple(rows[0]), delimiter)
    assert found.encoding == {"utf-8": "utf-8-sig"}.get(encoding, encoding)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("file.csv", b"", "the file is empty"),
        ("file.csv", b"Cifra\n12\n", "splits its first lines"),
        ("file.csv", b"PK\x03\x04\x00\x00\x81", "neither UTF-8 nor latin-1 text"),
        ("file.csv", "Año,Cifra\n2019,1\n".encode("utf-16"), "the file is UTF-16; save it"),
        ("file.csv", b"<html>,<body>\n", "not a CSV file"),
        ("file.xlsx", b"<html></html>", "holds an HTML page"),
        ("file.json", b"[]", "JSON has no columns"),
    ],
)
def test_a_sample_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRefusedError) as refused:
        read_sample(path)
    assert words in str(refused.value)
    assert str(path) in str(refused.value)
