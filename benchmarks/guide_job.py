"""Asks `TIPSTAT_HOME`'s warehouse the questions of docs/query-guide.md: TIMES.

The newest release stands in place of the guide's. Some are put by hand to the bare tables too, and
both answers must have the same figures. Prints one JSON object a question: its title, how many rows
its answer has, and what each way took each time.
"""

import json
import re
import sys
import time
from pathlib import Path

import duckdb

from pipelines.lib import paths

HERE = Path(__file__).parent
GUIDE = HERE.parent / "docs" / "query-guide.md"
QUESTION = re.compile(r"^## (\d+)\. ([^\n]+)\n.*?```sql\n(.+?)```", re.DOTALL | re.MULTILINE)
BY_HAND = re.compile(r"^-- (\d+)\n(.+?;)$", re.DOTALL | re.MULTILINE)
RELEASES = """
select release
from main.release
where source = 'int_unodc_glotip'
order by release desc
limit 2
"""


def main() -> None:
    """Asks each question in turns with its like by hand."""
    times = int(sys.argv[1])
    by_hand = dict(BY_HAND.findall((HERE / "guide_by_hand.sql").read_text(encoding="utf-8")))
    with (
        duckdb.connect(paths.warehouse(), read_only=True) as warehouse,
        duckdb.connect(paths.home() / "bare.duckdb", read_only=True) as bare,
    ):
        (newest,), (shipped,) = warehouse.execute(RELEASES).fetchall()
        guide = GUIDE.read_text(encoding="utf-8").replace(shipped, newest)
        for number, title, question in QUESTION.findall(guide):
            ways = {"guide": (warehouse, question)}
            if number in by_hand:
                ways["by_hand"] = (bare, by_hand[number])
                _compare(number, *(connection.sql(sql) for connection, sql in ways.values()))
            rows = len(warehouse.execute(question).fetchall())
            turns = [{name: _seconds(*way) for name, way in ways.items()} for _ in range(times)]
            took = {name: [turn[name] for turn in turns] for name in ways}
            print(json.dumps({"title": f"{number}. {title}", "rows": rows} | took))


def _compare(number: str, guide: duckdb.DuckDBPyRelation, by_hand: duckdb.DuckDBPyRelation) -> None:
    """Refuses different figures in the columns that both answers have."""
    same = guide.select(*by_hand.columns)
    if sorted(map(str, same.fetchall())) != sorted(map(str, by_hand.fetchall())):
        raise SystemExit(f"question {number}: another answer by hand")


def _seconds(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, float]:
    """Wall-clock and processor time of one asking."""
    wall, cpu = time.perf_counter(), time.process_time()
    connection.execute(sql).fetchall()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


if __name__ == "__main__":
    main()
