"""A small warehouse of invented figures with all that the pages read."""

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from conftest import observations, suppressed
from warehouse_copies import renew

from pipelines.warehouse.database import insert
from schemas import codelists

HOSTILE = '<a href="https://evil.example/">link</a></script><script>window.bad=1</script><b>&amp;'
# state|indicator|year|printed|status|basis|break reason|previous release|previous figure
HEADLINE = """
ARG|VIC_DETECT|2014|120|A|CY|||
ARG|VIC_DETECT|2015|0|A|CY|||
ARG|VIC_DETECT|2016|1,521|A|CY|||
ARG|VIC_DETECT|2018|60|A|CY||2025-04-14|83
ARG|VIC_DETECT|2019|<5|Q|CY||2025-04-14|17
ARG|VIC_DETECT|2020|35|B|CY|LAW_2020||
ARG|VIC_DETECT|2021|50|A|CY|||
ARG|VIC_DETECT|2022|1,247|P|CY|||
ARG|PER_CONTACT|2014|40|A|CY|||
ARG|PER_CONTACT|2015|<5|Q|CY|||
ARG|PER_CONTACT|2016|52|A|CY||2025-04-14|<5
ARG|PER_PROSEC|2014|20|A|CY|||
ARG|PER_PROSEC|2015|1|A|CY|||
ARG|PER_CONVICT|2015|0|A|CY|||
BRA|VIC_DETECT|2020|1|A|FY0401|||
CHL|VIC_DETECT|2021|<5|Q|CY|||
CHL|VIC_DETECT|2022|<5|Q|CY|||
DMA|VIC_DETECT|2013|7|A|CY|||
ECU|PER_PROSEC|2021|4|A|CY|||
ECU|PER_PROSEC|2022|3|E;B|CY|||
GRD|OFF_RECORDED|2012|5|A|CY|||
JAM|VIC_DETECT|2021|11|B|CY|HOSTILE||
JAM|VIC_DETECT|2022|12|A|CY|||
JAM|PER_CONVICT|2022|2|A|CY|||
USA|VIC_DETECT|2021|10,070|A|CY|||
USA|VIC_DETECT|2022|16,390|A|CY|||
"""
# state|indicator|year|rule
WITHHELD = """
ARG|VIC_DETECT|2017|V6
SLV|VIC_DETECT|2021|V6
"""
# state|indicator|year|previous figure
WITHDRAWN = """
BRA|VIC_DETECT|2021|36
"""
LAW = (
    "LAW_2020",
    (
        "A new law widened the offence",
        "Una nueva ley amplió el delito",
        "Uma lei nova ampliou o crime",
        "Une loi nouvelle a étendu l’infraction",
    ),
)
"""A reason for a break, and its name in each language."""

SOURCE = {
    "source": "int_tests",
    "publisher": "Office of Tests",
    "title": f"Yearbook {HOSTILE}",
    **{f"publisher_{code}": "Office of Tests" for code in ("es", "pt", "fr")},
    **{f"title_{code}": f"Yearbook {HOSTILE}" for code in ("es", "pt", "fr")},
    "citation": "Office of Tests, Yearbook",
    **{f"licence_{code}": "CC BY 4.0" for code in codelists.LANGUAGES},
    "address": "https://tests.example/yearbook.xlsx",
    **{f"counted_{code}": f"persons, in {code}" for code in codelists.LANGUAGES},
}
EMPTIED = (
    "harmonised.observation", "main.quarantine", "main.rule_result", "main.rule_account",
    "main.finding", "main.row_account", "main.trend", "main.series_break",
    "main.held_back",
)  # fmt: skip
EARLIER, RELEASE = "2025-04-14", "2025-10-28"
BROKEN = ("ref_area", "indicator", "time_period", "break_reason")


def table(text: str, columns: list[str]) -> pd.DataFrame:
    lines = csv.reader(io.StringIO(text.strip()), delimiter="|", quoting=csv.QUOTE_NONE)
    return pd.DataFrame(list(lines), columns=columns, dtype=object).replace("", None)


def invented_warehouse(
    built: Path, path: Path, figures: str = HEADLINE, withheld: str = WITHHELD
) -> Path:
    """Make a copy of a warehouse with these figures of one source instead of its own."""
    shutil.copy(built, path)
    with duckdb.connect(path) as connection:
        for table_name in EMPTIED:
            connection.execute(f"delete from {table_name}")
        _name_hostile(connection)
        _rename_source(connection)
        printed = table(figures, [
            "ref_area", "indicator", "time_period", "value_raw", "obs_status", "time_basis",
            "break_reason", "previous_release", "previous",
        ])  # fmt: skip
        _add_breaks(connection, printed)
        _add_figures(connection, printed)
        _add_withheld(connection, table(withheld, ["ref_area", "indicator", "time_period", "rule"]))
        renew(connection)
    return path


def _name_hostile(connection: duckdb.DuckDBPyConnection) -> None:
    """Give hostile names to Jamaica and to a reason for a break, and add the law."""
    names = ", ".join(f"name_{code} = $text" for code in codelists.LANGUAGES)
    connection.execute(f"update codelist.area set {names} where code = 'JAM'", {"text": HOSTILE})
    for code, words in (LAW, ("HOSTILE", (HOSTILE,) * 4)):
        connection.execute(
            "insert into codelist.break_reason (code, name_en, name_es, name_pt, name_fr) "
            "values (?, ?, ?, ?, ?)",
            [code, *words],
        )


def _rename_source(connection: duckdb.DuckDBPyConnection) -> None:
    """Turn one source and its two releases into those of the tests; a later file was refused."""
    columns = ", ".join(f"{key} = ${key}" for key in SOURCE)
    connection.execute(
        f"update main.source set {columns} where source = 'int_unodc_glotip'", SOURCE
    )
    for name in ("release", "raw_file"):
        connection.execute(
            f"update main.{name} set source = ? where source = 'int_unodc_glotip'",
            [SOURCE["source"]],
        )
    for name in ("source", "release", "raw_file"):
        connection.execute(
            f"delete from main.{name} where source not in (?, 'ref_wpp')", [SOURCE["source"]]
        )
    connection.execute(
        "insert into main.held_back values (?, '2026-01-01', ?, 'refused')",
        [SOURCE["source"], RELEASE],
    )


def _add_breaks(connection: duckdb.DuckDBPyConnection, printed: pd.DataFrame) -> None:
    for row in printed[printed["break_reason"].notna()].to_dict("records"):
        connection.execute(
            "insert into main.series_break values (?, ?, ?, ?, ?)",
            [SOURCE["source"], *(row[key] for key in BROKEN)],
        )


def _add_figures(connection: duckdb.DuckDBPyConnection, printed: pd.DataFrame) -> None:
    """Add the figures of the newest release, and those that they replaced in the one before."""
    withdrawn = table(WITHDRAWN, ["ref_area", "indicator", "time_period", "previous"])
    before = pd.concat([printed[printed["previous_release"].notna()], withdrawn])
    rows = [
        *(_row(row, RELEASE, row["value_raw"]) for row in printed.to_dict("records")),
        *(_row(row, EARLIER, row["previous"]) for row in before.to_dict("records")),
    ]
    if rows:
        insert(connection, "harmonised.observation", observations(*rows))


def _row(line: dict[str, Any], release: str, printed: str) -> dict[str, object]:
    """Return an observation from a line of the tables above."""
    row = {key: line[key] for key in ("ref_area", "indicator", "time_period")}
    row |= {"source": SOURCE["source"], "release": release}
    if isinstance(line.get("time_basis"), str):
        row["time_basis"] = line["time_basis"]
    if printed.startswith("<"):
        return suppressed(**row)
    status = line["obs_status"] if release == RELEASE else "A"
    return {**row, "value": float(printed.replace(",", "")), "obs_status": status}


def _add_withheld(connection: duckdb.DuckDBPyConnection, rows: pd.DataFrame) -> None:
    """Put figures into quarantine."""
    for number, row in enumerate(rows.to_dict("records")):
        cell = observations({key: row[key] for key in ("ref_area", "indicator", "time_period")})
        connection.register("cell", cell)
        connection.execute(
            "insert into main.quarantine by name select columns(* exclude (value, lower, upper, "
            "obs_status, conf_status, def_scope, value_raw, flags, correction, true_since, "
            "comment, source, release, locator)), "
            "$source as source, $release as release, $locator as locator, $rule as rule, "
            "$rule as rule_id, 'value' as \"column\", '' as found, 'a stand-in' as message, "
            "'' as correction, '' as why_not, "
            "'{}'::json as \"row\" from cell",
            {"source": SOURCE["source"], "release": RELEASE, "locator": f"row q{number}",
             "rule": row["rule"]},
        )  # fmt: skip
        connection.unregister("cell")
