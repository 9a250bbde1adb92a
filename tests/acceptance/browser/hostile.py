"""A warehouse of which every printed text is hostile, and every category has a figure."""

import shutil
from pathlib import Path

import duckdb
from conftest import observations, suppressed

from pipelines.warehouse.database import insert
from schemas import codelists

EVIL = "evil.example"
TEXTS = (
    f'<a href="https://{EVIL}/">link</a>',
    "</script><script>window.bad=1</script>",
    '"><img src=x onerror=window.bad=1>',
    "=HYPERLINK('https://evil.example/')",
    "{say.__globals__} {{ 7 * 7 }} %s &lt;b&gt;",
    "\u202edesrever \u2066",
    "W" * 300,
)
"""A link, a script, a picture that fails, a formula, a template, turned letters, a long word."""

CROWDED = "URY"
"""The state that has a figure of each citizenship, half of them suppressed."""

SOURCE_TEXTS = ("publisher", "title", "citation", "address", "page", "cadence",
                *(f"{column}_{code}" for column in ("licence", "counted", "caution")
                  for code in codelists.LANGUAGES),
                *(f"{column}_{code}" for column in ("publisher", "title")
                  for code in ("es", "pt", "fr")))  # fmt: skip


def hostile_warehouse(built: Path, out: Path) -> Path:
    """A copy of a warehouse with these texts for all names, each of which still has its code."""
    shutil.copy(built, out)
    with duckdb.connect(out) as connection:
        for name in codelists.NAMES:
            names = ", ".join(f"name_{code} = {_turn('code')}" for code in codelists.LANGUAGES)
            connection.execute(f"update codelist.{name} set {names}")
        names = ", ".join(f"{column} = {_turn('source')}" for column in SOURCE_TEXTS)
        connection.execute(f"update main.source set {names}, caveats = [{_turn('source')}]")
        for column in ("publisher", "licence", "citation"):
            connection.execute(f"update main.release set {column} = {_turn('source')}")
        connection.execute("update main.source set address = 'javascript:window.bad=1'")
        insert(connection, "harmonised.observation", _crowd(connection))
        connection.execute(
            "insert into main.series_break select distinct source, ref_area, indicator, "
            "'2019', 'HOSTILE' from published.headline anti join main.series_break "
            "using (source, ref_area, indicator)"
        )
        connection.execute(
            "insert into codelist.break_reason by name select * replace ('HOSTILE' as code) "
            "from codelist.break_reason limit 1"
        )
    return out


def _turn(key: str) -> str:
    """SQL for one of the texts, another for another key."""
    listed = ", ".join("'" + text.replace("'", "''") + "'" for text in TEXTS)
    return f"([{listed}])[1 + (hash({key}) % {len(TEXTS)})::bigint] || ' ' || {key}"


def _crowd(connection: duckdb.DuckDBPyConnection):
    """A figure of each citizenship in one state, for four years: a thousand and more."""
    release = connection.execute(
        "select release from main.release where source = 'int_unodc_glotip' and is_current"
    ).fetchone()[0]
    codes = [
        code
        for (code,) in connection.execute(
            "select unnest(enum_range(null::citizenship_area))::varchar"
        ).fetchall()
        if not code.startswith("_")
    ]
    usual = {"source": "int_unodc_glotip", "release": release, "ref_area": CROWDED}
    rows = []
    for year in ("2019", "2020", "2021", "2022"):
        for place, code in enumerate(codes):
            names = {**usual, "time_period": year, "citizenship": code}
            names["locator"] = f"crowd {year} {code}"
            rows.append(suppressed(**names) if place % 2 else {**names, "value": float(place)})
    return observations(*rows)
