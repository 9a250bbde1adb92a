"""Differences between two versions: all that a published view or table says otherwise.

Views, tables, their keys and their columns are what the headers of warehouse/sql/published declare.
"""

import json
from collections.abc import Iterator, Mapping, Set
from contextlib import ExitStack, contextmanager
from pathlib import Path
from string import Template
from typing import Any, Final

import duckdb

from pipelines.published.versions import packed
from pipelines.published.versions.version import Version, versions
from pipelines.warehouse import declarations, named_views
from pipelines.warehouse.declarations import Declaration
from pipelines.warehouse.rows import rows_by
from schemas import codelists
from schemas.observation import CELL

_COMPARE: Final = Template(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
_MADE: Final = """
    create table difference (
        table_name varchar, "key" varchar, change varchar, column_name varchar, previous varchar,
        "value" varchar
    )
"""
_WRITTEN: Final = """
    copy (
        select table_name as "table", "key", change, column_name as "column", previous, "value"
        from difference
        order by all
    ) to '{target}' (format csv, header)
"""
_COUNTS: Final = """
    select table_name, change, column_name, count(*) as moved
    from difference
    group by all
    order by all
"""
_EXAMPLES: Final = """
    from difference
    qualify
        dense_rank() over (partition by table_name order by "key")
        <= case when table_name = 'headline' then 50 else 3 end
    order by table_name, "key", column_name
"""
"""Of the totals of a year more are shown than of other rows."""

_OF_FIGURE: Final = {"source", "release", "locator", "time_period", "conf_status"}
"""Columns by which a row with no other numbers tells whether its figure is hidden now."""
_WITHHELD: Final = """
    exists (
        from newest.harmonised.observation as figure
        where
            figure.value_raw = 'withheld'
            and (figure.source, figure.release) = (earlier.source, earlier.release)
            and (figure.locator, figure.time_period) = (earlier.locator, earlier.time_period)
    )
"""
_SAYS_MORE: Final = """
    from {version}.{table} as earlier
    join newest.{table} as now using ({same})
    where
        now.conf_status <> 'F'
        and (
            earlier.value is not null
            or earlier.lower > now.lower
            or earlier.upper < coalesce(now.upper, 'infinity'::double)
        )
    limit 1
"""
_SAME: Final = {
    "published.observation": ("source", *CELL),
    "harmonised.observation": ("source", "release", "locator", "time_period"),
}
"""The tables with figures that hold, and with those of every release, and what identifies one."""

_LONG: Final = 60
"""Characters of a text; of a longer one only the place that differs is shown."""


@contextmanager
def compared(before: Version, after: Version) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a database with the table `difference`, and both versions as `before` and `after`.

    It has a row per column of a row that differs, and one for a row that was added or withdrawn:
    table_name; key, as JSON; change; column_name; previous and value, as text, or of whole rows as
    JSON, `withheld` where they would give a figure away that the newest version of all hides.
    """
    newest = max((before, after, *versions()), key=lambda each: each.id)
    attached = {"before": before, "after": after, "newest": newest}
    with ExitStack() as open_files, duckdb.connect() as connection:
        for name, version in attached.items():
            warehouse = open_files.enter_context(packed.unpacked(version.folder))
            file = str(warehouse).replace("'", "''")
            connection.execute(f"attach '{file}' as {name} (read_only)")
        connection.execute(_MADE)
        older = {name for name in ("before", "after") if attached[name].id != newest.id}
        telling = {name for name in older if _says_more(connection, name)}
        for each in declarations.every():
            _compare(connection, each, telling, older)
        yield connection


def _says_more(connection: duckdb.DuckDBPyConnection, version: str) -> bool:
    """Return whether a version says more of a figure than the newest one, which hides it.

    In doubt it does: one of an older tipstat has other columns.
    """
    try:
        return any(
            connection.execute(
                _SAYS_MORE.format(version=version, table=table, same=", ".join(same))
            ).fetchall()
            for table, same in _SAME.items()
        )
    except (duckdb.BinderException, duckdb.CatalogException):
        return True


def write(connection: duckdb.DuckDBPyConnection, target: Path) -> int:
    """Write every difference into a CSV file, and return their count."""
    [(count,)] = connection.execute(
        _WRITTEN.format(target=str(target).replace("'", "''"))
    ).fetchall()
    return int(count)


def in_words(connection: duckdb.DuckDBPyConnection, before: Version, after: Version) -> list[str]:
    """Return what moved in each view and table, by column, and some of its rows."""
    counts = rows_by(connection, _COUNTS, "table_name")
    examples = rows_by(connection, _EXAMPLES, "table_name")
    pair = f"{before.id} and {after.id}"
    if not counts:
        return [f"{pair} say the same in all {len(declarations.every())} views and tables."]
    lines = [f"{pair} differ in {len(counts)} of {len(declarations.every())} views and tables."]
    for name, moved in counts.items():
        said = []
        for each in moved:  # the column, with what happened to it if that is not that rows changed
            change = None if each["change"] == "changed" else each["change"]
            said.append(" ".join(filter(None, (f"{each['moved']:,}", each["column_name"], change))))
        lines += ["", f"{name}: {', '.join(said)}"]
        by_row: dict[str, list[dict[str, Any]]] = {}
        for each in examples[name]:
            by_row.setdefault(each["key"], []).append(each)
        lines += [f"  {_row(key)}: {_moved(own)}" for key, own in by_row.items()]
    return lines


def _compare(
    connection: duckdb.DuckDBPyConnection,
    declared: Declaration,
    telling: Set[str],
    older: Set[str],
) -> None:
    """Add what differs in one view or table.

    What is new or gone as a whole, and columns that only one of both versions has, are a row each.

    Args:
        connection: has both databases, and that of the newest version.
        declared: the view or table.
        telling: the names of those databases that say more of some figure than the newest one.
        older: the names of those that are not the newest one.
    """
    old, new, now = (
        _columns(connection, name, declared.name) for name in ("before", "after", "newest")
    )
    if not old or not new or not {*declared.key} <= old.keys() & new.keys():
        change = "added" if not old else "withdrawn" if not new else "with another key"
        connection.execute(
            "insert into difference values (?, null, ?, null, null, null)",
            [declared.name, change],
        )
        return
    for name in old.keys() ^ new.keys():
        connection.execute(
            "insert into difference values (?, null, ?, ?, null, null)",
            [declared.name, "column added" if name in new else "column withdrawn", name],
        )
    both = [name for name in new if name in old and name not in declared.key]
    differs = {
        name: f'old."{name}"{cast} is distinct from new."{name}"{cast}'
        for name in both
        for cast in ["" if old[name] == new[name] and "ENUM" not in new[name] else "::varchar"]
    }
    columns = (
        f"{{'name': '{name}', 'previous': old.\"{name}\"::varchar, "
        f"'value': new.\"{name}\"::varchar, 'moved': {differs[name]}}}"
        for name in both
    )
    numbers = {name for name in both if "DOUBLE" in new[name] and not name.startswith("previous")}
    tells = old.keys() & new.keys() >= _OF_FIGURE and numbers <= {"value", "lower", "upper"}
    has_status = tells and {"conf_status", *declared.key} <= now.keys()
    # What a row repeats of an earlier release has no status of its own.
    has_earlier = any(name.startswith("previous") for name in both)
    others = f"coalesce(starts_with(each.name, 'previous'), {has_earlier})" if tells else "true"
    is_hidden = {
        name: f"{name in older} and is_hidden or {name in telling} and {others}"
        for name in ("before", "after")
    }
    connection.execute(
        _COMPARE.substitute(
            name=declared.name,
            key=", ".join(
                f'\'{name}\': coalesce(new."{name}", old."{name}")' for name in declared.key
            ),
            same=" and ".join(
                f'new."{name}" is not distinct from old."{name}"' for name in declared.key
            ),
            now=f"newest.published.{declared.name}" if has_status else "(select null as is_there)",
            still=" and ".join(
                f'now."{name}"::varchar is not distinct from '
                f'coalesce(new."{name}", old."{name}")::varchar'
                for name in declared.key
            )
            if has_status
            else "false",
            hidden="now.conf_status <> 'F'" if has_status else "false",
            new=", ".join(f"'{name}': new.\"{name}\"" for name in both),
            old=", ".join(f"'{name}': old.\"{name}\"" for name in both),
            columns=", ".join(columns),
            differs=" or ".join(differs.values()),
            withheld=_WITHHELD if tells else "false",
            hides_previous=is_hidden["before"],
            hides_value=is_hidden["after"],
        )
    )


def _columns(connection: duckdb.DuckDBPyConnection, version: str, name: str) -> dict[str, str]:
    """Return the types of a view's or table's columns by their names; none if it is not there."""
    known = connection.execute(
        "select column_name, data_type from duckdb_columns() "
        "where database_name = ? and schema_name = 'published' and table_name = ? "
        "order by column_index",
        [version, name],
    )
    return dict(known.fetchall())


def _row(key: str | None) -> str:
    """Return the labels of a row's codes, without those of totals."""
    codes: Mapping[str, object] = json.loads(key or "{}")
    said = (_label(name, code) for name, code in codes.items() if code not in (None, "_T", "_Z"))
    return ", ".join(said) or "as a whole"


def _label(column: str, code: object) -> str:
    for name in named_views.codes_of(column):
        if label := codelists.labels(name, "en").get(str(code)):
            return label
    return str(code)


def _moved(row: list[dict[str, Any]]) -> str:
    """Return what moved in one row."""
    said = []
    for each in row:
        previous, value = _cut(each["previous"], each["value"])
        if each["change"] == "changed":
            said.append(
                f"{each['column_name']} {previous or 'nothing'} before, {value or 'nothing'} now"
            )
        else:
            said.append(f"{each['change']} {each['column_name'] or value or previous}".strip())
    return "; ".join(said)


def _cut(previous: str | None, value: str | None) -> tuple[str, str]:
    """Return two texts, from shortly before the place where they differ if they are long."""
    one, other = previous or "", value or ""
    if max(len(one), len(other)) <= _LONG:
        return one, other
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(same - _LONG // 3, 0)
    return _part(one, start), _part(other, start)


def _part(text: str, start: int) -> str:
    """Return so much of a text as is shown, with dots where something is left out."""
    cut = text[start : start + _LONG]
    return ("…" if start and cut else "") + cut + ("…" if text[start + _LONG :] else "")
