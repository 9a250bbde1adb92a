"""Good and bad cases of each rule between rows: `rule_cases.csv`, a line each.

A line has a rule, its verdicts, and the observations as `small_warehouse.cells` reads them.
"""

from collections import defaultdict
from pathlib import Path

from small_warehouse import Row, cells

from schemas import codelists

CASES: defaultdict[str, list[tuple[list[str], list[Row]]]] = defaultdict(list)
"""For each rule verdicts, in order, and the rows that have them."""
for line in codelists.rows(Path(__file__).with_suffix(".csv")):
    counted = (each.partition("*") for each in line["verdicts"].split(", ") if each)
    verdicts = sorted(each for each, _, number in counted for _ in range(int(number or 1)))
    CASES[line["rule"]].append((verdicts, cells(line["observations"])))
