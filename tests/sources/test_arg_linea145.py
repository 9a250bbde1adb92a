"""Argentina's hotline 145: known answers, the persons counted, and the hidden figures."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hotline import COMPLAINTS, FILES, LINE, PEOPLE, PERSONS, written

from pipelines.harmonised.harmonise import harmonise
from pipelines.sources import File


def figures(path: Path) -> dict[str, str]:
    """The text of every figure in a file, by category; the total's is `_T`."""
    table = LINE.tidy(File(path)).table.astype(str)
    assert set(table["year"]) == {"2022"}, "a year without its December is not over"
    return dict(zip(table["dimension"] + " " + table["category"], table["count"], strict=True))


def test_direct_victims_are_counted_and_no_one_else(tmp_path: Path) -> None:
    assert figures(written(tmp_path / "p.csv", PERSONS, *PEOPLE)) == {
        "total _T": "92", "sex F": "55", "sex M": "<=92", "sex _O": "<10", "sex _U": "<=92",
        "age Y0T17": "20", "age Y_GE18": "54", "age _U": "18",
        "exploitation SX": "80", "exploitation FL": "12", "exploitation OG": "<10",
        "exploitation OP": "12",
    }  # fmt: skip


@pytest.mark.parametrize("layout", [COMPLAINTS, PERSONS])
def test_a_file_without_rows_gives_no_figures(tmp_path: Path, layout) -> None:
    found = harmonise(LINE, "2022-12-31", File(written(tmp_path / "empty.csv", layout)))
    assert len(found.rows) == 0
    assert "cut off or a part" in found.too_short


def test_a_complaint_counts_once_by_its_number(tmp_path: Path) -> None:
    rows = [({"nro_registro_interno": f"{each}"}, 2) for each in range(25)]
    other = {"nro_registro_interno": "99", "subtema": "Covid-19"}
    assert figures(written(tmp_path / "c.csv", COMPLAINTS, *rows, (other, 1))) == {
        "total _T": "26", "exploitation SX": "25", "exploitation FL": "<10",
        "exploitation OG": "<10", "exploitation OP": "<10",
    }  # fmt: skip


def test_hyphens_separate_labels_as_commas_do(tmp_path: Path) -> None:
    rows = [
        ({"nro_registro_interno": f"{each}", "subtema": subject}, 1)
        for subject, numbers in (
            (" - ".join(("Servidumbre doméstica", "mula")), range(12)),
            ("-".join(("Mula", "grooming")), range(12, 24)),
            ("Covid-19", range(24, 25)),
            (" - ".join(("Simulación", "otro")), range(25, 36)),
        )
        for each in numbers
    ]
    assert figures(written(tmp_path / "h.csv", COMPLAINTS, *rows)) == {
        "total _T": "36", "exploitation SX": "<10", "exploitation FL": "12",
        "exploitation OG": "<10", "exploitation OP": "24",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "of"), FILES.items())
def test_the_publishers_file_gives_the_shipped_figures(
    publisher_file: Callable, harmonised: dict, name: str, of: tuple[str, str]
) -> None:
    release, indicator = of
    found = harmonise(LINE, release, File(publisher_file(f"arg_linea145/{name}"), name))
    shipped = harmonised["arg_linea145", release]
    ours = shipped.rows[shipped.rows["indicator"] == indicator]
    pd.testing.assert_frame_equal(
        found.rows.astype(str), ours.astype(str).reset_index(drop=True), check_dtype=False
    )
    assert not len(found.quarantine)
