"""The difference between two versions: every column of all that is published."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from verifying import runner
from warehouse_copies import renew

from pipelines.cli.app import app
from pipelines.lib import paths
from pipelines.published.versions import difference
from pipelines.published.versions.version import WAREHOUSE, Version
from pipelines.warehouse import declarations

FIGURE = "source = 'usa_sdg' and time_period = '2022' and exploitation = '_T'"
HIDDEN = "value_raw = '<5', value = null, lower = 0, upper = 4, obs_status = 'Q', conf_status = 'A'"
EVERY = [Version(each, "", "", 0, {}) for each in ("first", "second", "third")]
VERSIONS = EVERY[:2]
OTHER = {
    "VARCHAR": "concat({}, '?')",
    "BOOLEAN": "not coalesce({}, false)",
    "VARCHAR[]": "list_append({}, '?')",
    "DOUBLE[]": "list_append({}, 1.5)",
}
"""Another value than that of a column, by its type; of a number, one more."""


@pytest.fixture
def versions(small: Path, tmp_path: Path, monkeypatch):
    """Versions in order; statements change the warehouse of each but the first.

    What is stored of the figures stays as it was, but for the views or tables that a test reads.
    """
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))

    def make(*statements: str, read: Sequence[str] = ()) -> None:
        for each, changes in zip(EVERY, ("select 1", *statements), strict=False):
            (each.folder / WAREHOUSE).parent.mkdir(parents=True)
            shutil.copy(small, each.folder / WAREHOUSE)
            each.write(each.folder)
            with duckdb.connect(each.folder / WAREHOUSE) as connection:
                connection.execute(changes)
                if read:
                    renew(connection, *read)

    return make


def differing(pair: Sequence[Version] = VERSIONS) -> pd.DataFrame:
    with difference.compared(*pair) as differences:
        return differences.execute("from difference order by all").df()


def in_words() -> list[str]:
    with difference.compared(*VERSIONS) as differences:
        return difference.in_words(differences, *VERSIONS)


def test_a_change_of_any_published_column_is_found(small: Path, tmp_path, monkeypatch) -> None:
    """One row of each view and table, in which every column but the key is another."""
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    expected = set()
    for version, is_changed in zip(VERSIONS, (False, True), strict=True):
        (version.folder / WAREHOUSE).parent.mkdir(parents=True)
        with duckdb.connect(version.folder / WAREHOUSE) as connection:
            connection.execute(f"attach '{small}' as small (read_only)")
            for schema in ("published", "harmonised"):
                connection.execute(f"create schema {schema}")
            connection.execute(
                "create table harmonised.observation as from small.harmonised.observation limit 0"
            )
            for each in declarations.every():
                whole = f"small.published.{each.name}"
                columns = connection.sql(f"from {whole} limit 0")
                types = dict(zip(columns.columns, map(str, columns.types), strict=True))
                no_row = ", ".join(f'null::{kind} as "{name}"' for name, kind in types.items())
                row = f"(from {whole} union all select {no_row} order by all limit 1)"
                said = ", ".join(
                    OTHER.get(kind, "coalesce({}, 0) + 1").format(f'"{name}"') + f' as "{name}"'
                    if is_changed and name not in each.key
                    else f'"{name}"'
                    for name, kind in types.items()
                )
                connection.execute(
                    f"create table published.{each.name} as select {said} from {row}"
                )
                expected |= {(each.name, name) for name in types if name not in each.key}
    found = differing()
    assert {*found["change"]} == {"changed"}
    assert {*zip(found["table_name"], found["column_name"], strict=True)} == expected
    assert len(in_words()) > len(declarations.every())


def test_versions_that_differ_in_nothing_published_say_the_same(versions) -> None:
    versions("update main.build set fingerprint = 'other'")
    assert differing().empty
    assert len(in_words()) == 1


def test_rows_and_columns_that_one_version_lacks(versions) -> None:
    versions(
        "delete from published.sentence where area = 'JAM' and language = 'en'; "
        "alter table published.quality drop column licence; drop table published.subject"
    )
    found = differing().fillna("")[["table_name", "change", "column_name"]]
    assert {*found.itertuples(index=False, name=None)} == {
        ("sentence", "withdrawn", ""),
        ("quality", "column withdrawn", "licence"),
        ("subject", "withdrawn", ""),
    }


def test_the_verb(versions) -> None:
    versions(
        f"update harmonised.observation set value_raw = '9', value = 9, lower = 9, upper = 9 "
        f"where {FIGURE}"
    )
    file = paths.home() / "changes.csv"
    printed = runner.invoke(app, ["diff", "first", "second", "--out", str(file)])
    assert printed.exit_code == 0, printed.output
    assert "usa_sdg, United States, Offences recorded" in printed.stdout
    assert "before, 9 now" in printed.stdout
    found = pd.read_csv(file, dtype=str)
    [row] = found.query("table == 'observation' and column == 'value_raw'").to_dict("records")
    assert (row["change"], row["value"]) == ("changed", "9")
    assert json.loads(row["key"])["ref_area"] == "USA"


def test_a_difference_does_not_reveal_a_suppressed_figure(versions) -> None:
    """Nor do sentences and other figures made of it, whatever state they are about."""
    versions(
        f"update harmonised.observation set {HIDDEN} where {FIGURE}; "
        "update harmonised.observation set comment = 'other' where source = 'jam_statin'; "
        "update published.sentence set text = 'other' where language = 'en'"
    )
    found = differing()
    about = found["key"].str.contains("usa_sdg", regex=False)
    hidden = found[about | ~found["table_name"].isin(["observation", "headline"])]
    assert {*hidden["previous"].dropna()} == {"withheld"}
    others = found[~about & (found["table_name"] == "observation")]
    assert {*others["column_name"]} == {"comment"}
    assert "withheld" not in {*others["previous"]}


def test_the_order_of_versions_does_not_reveal_a_suppressed_figure(versions) -> None:
    """Of the later version, named first, is shown what it says; of the other is not."""
    versions(
        f"update harmonised.observation set {HIDDEN} where {FIGURE}; "
        "update published.sentence set text = 'other' where language = 'en'"
    )
    found = differing(VERSIONS[::-1])
    about = found["key"].str.contains("usa_sdg", regex=False)
    hidden = found[about | ~found["table_name"].isin(["observation", "headline"])]
    assert {*hidden["value"].dropna()} == {"withheld"}
    assert {"<5", "other"} <= {*hidden["previous"].dropna()}


def test_two_versions_do_not_reveal_what_a_newer_one_suppresses(versions) -> None:
    changes = (
        f"update harmonised.observation set comment = 'other', value_raw = '17' where {FIGURE}"
    )
    text = "update published.sentence set text = 'other' where language = 'en'"
    versions(f"{changes}; {text}", f"update harmonised.observation set {HIDDEN} where {FIGURE}")
    found = differing()
    assert {"observation", "sentence"} <= {*found["table_name"]}
    assert {*found["previous"].dropna(), *found["value"].dropna()} == {"withheld"}


def test_what_a_release_revised_is_not_revealed_if_only_its_earlier_figure_is_suppressed(
    versions,
) -> None:
    """The figure that holds is the same in both, and hidden in neither."""
    earlier = "where source = 'can_sdg' and release = '2022-12-31'"
    versions(
        "update harmonised.observation "
        f"set value = 3, lower = 3, upper = 3, value_raw = '3' {earlier}",
        "update harmonised.observation set value = null, lower = 0, upper = null, "
        f"value_raw = 'withheld', obs_status = 'Q', conf_status = 'S' {earlier}",
        read=["headline"],
    )
    found = differing(EVERY[1:])
    told = found["column_name"].fillna("").str.startswith("previous")
    told |= found["table_name"] == "revision"
    assert {*found.loc[told, "table_name"]} == {"revision", "headline"}
    assert {*found.loc[told, "previous"].dropna()} == {"withheld"}
