"""What a source cannot take as a figure is kept out or set aside under its name, a fault a line.

Each line of `faults.csv` changes cells of the first row of the source's fixture that is a figure.
"""

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT
from source_tests import account

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.sources import File, discover
from schemas import codelists

FAULTS = codelists.rows(Path(__file__).with_name("faults.csv"))
RELEASES = {"int_untc": "2026-11-24"}
Row = dict[str, str]


@pytest.mark.parametrize("source", dict.fromkeys(line["source"] for line in FAULTS))
def test_each_fault_has_its_name(source: str, tmp_path: Path) -> None:
    content = (ROOT / "tests" / "fixtures" / source / "input.csv").read_bytes()
    encoding = "latin-1" if source == "mex_sesnsp" else "utf-8-sig"
    text = content.decode(encoding)
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","

    def harmonised(*rows: Row) -> Harmonised:
        path = tmp_path / "input.csv"
        with path.open("w", encoding=encoding, newline="", errors="replace") as file:
            writer = csv.DictWriter(file, [*rows[0]], delimiter=delimiter, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return harmonise(discover()[source], RELEASES.get(source, "2025-01-01"), File(path))

    for usual in csv.DictReader(io.StringIO(text), delimiter=delimiter):
        found = harmonised(usual)
        if len(found.rows) and found.quarantine.empty:
            break
    lines = [line for line in FAULTS if line["source"] == source]
    cells = [dict(cell.split("=", 1) for cell in line["cells"].split("|")) for line in lines]
    assert all(each.keys() <= usual.keys() for each in cells)
    numbered = [
        each | ({"row": f"{n}"} if "row" in usual else {}) for n, each in enumerate(cells, 2)
    ]
    found = harmonised(*(usual | each for each in numbered))
    assert found.rows.empty
    aside: Counter[str] = Counter()
    for number, line in enumerate(lines, 2):
        here = found.quarantine["locator"].str.contains(rf"\brow {number}\b")
        if here.any():
            assert line["becomes"] in {*found.quarantine.loc[here, "rule"]}, line
        else:
            aside[line["becomes"]] += 1
    for reason, count in aside.items():
        assert account(found).get(("set_aside", reason)) == count, reason
