"""Tables beside the tests that read them: known answers, faults and what becomes of them."""

import csv
from pathlib import Path


def table(test: str, name: str) -> list[tuple[str, ...]]:
    r"""Return the lines of a CSV file in the folder of a test, without the header.

    A line break is written `\n`, and a tab `\t`.
    """
    with Path(test).with_name(name).open(encoding="utf-8", newline="") as file:
        _, *lines = csv.reader(file)
    return [
        tuple(cell.replace(r"\n", "\n").replace(r"\t", "\t") for cell in line) for line in lines
    ]
