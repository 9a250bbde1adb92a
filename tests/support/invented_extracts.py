"""A small warehouse for the tests of extracts: hostile texts, and a source not to be passed on."""

import shutil
from pathlib import Path

import duckdb
from conftest import observations, suppressed
from warehouse_copies import renew

from pipelines.warehouse.database import insert

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(A1)", "\t=1+1", "\n=1+1")
"""Texts that a spreadsheet takes for formulas."""

OTHERS = ("https://example.org/", "1,5", '"quoted"; parted', "<b>&amp;</b>", "two\nlines")
HIDDEN = "Nicht weitergeben"
"""Stands in every text of the source that may not be passed on."""

HIDDEN_FIGURE = 918273645
HIDDEN_INDICATOR = "PER_ARREST"
"""An indicator that no other figure has."""

SHOWN = "Weitergeben"
SHOWN_FIGURE = 546372819


def hostile_warehouse(built: Path, out: Path) -> Path:
    """A copy of a warehouse with few figures, of a source that is shown and of one that is not."""
    shutil.copy(built, out)
    with duckdb.connect(out) as connection:
        connection.execute("update main.build set fingerprint = 'hostile'")
        connection.execute("delete from harmonised.observation")
        connection.execute("delete from main.release where source <> 'jam_statin'")
        for identity, words, free in (("int_shown", SHOWN, True), ("int_hidden", HIDDEN, False)):
            _add_source(connection, identity, words, free=free)
        shown = _rows("int_shown", SHOWN, SHOWN_FIGURE)
        hidden = _rows("int_hidden", HIDDEN, HIDDEN_FIGURE)
        only = {"source": "int_hidden", "value": HIDDEN_FIGURE, "indicator": HIDDEN_INDICATOR}
        connection.execute(
            "insert into main.held_back values ('int_shown', '2026-01-01', '2025-01-01', 'refused')"
        )
        insert(connection, "harmonised.observation", observations(*shown, *hidden, only))
        connection.execute("delete from main.release where source = 'jam_statin'")
        renew(connection)
    return out


def _add_source(
    connection: duckdb.DuckDBPyConnection, identity: str, words: str, *, free: bool
) -> None:
    connection.execute(
        "insert into main.source select * replace (? as source, ? as redistribute, ? as publisher, "
        "? as title, ? as licence_en, ? as address) from main.source where source = 'jam_statin'",
        [identity, free, *[words] * 4],
    )
    connection.execute(
        "insert into main.release select * replace (? as source, '2025-01-01' as release, "
        "? as publisher, ? as licence, ? as citation) from main.release "
        "where source = 'jam_statin'",
        [identity, *[words] * 3],
    )


def _rows(source: str, words: str, figure: int) -> list[dict[str, object]]:
    usual = {"source": source, "locator": words, "comment": words}
    texts = [*FORMULAS, *OTHERS]
    return [
        {**usual, "value": figure},
        {**usual, "value": figure, "freq": "M", "time_period": "2020-02"},
        suppressed(**usual | {"freq": "M", "time_period": "2020-03"}),
        {**usual, "value": 0.5, "indicator": "VIC_DETECT_RATE"},
        suppressed(**usual | {"sex": "F"}),
        {**usual, "value": None, "lower": None, "upper": None, "value_raw": "-", "obs_status": "O",
         "time_period": "2021"},
        *({**usual, "value": 10, "time_period": str(2000 + place), "comment": f"{text}"}
          for place, text in enumerate(texts)),
    ]  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file by its path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
