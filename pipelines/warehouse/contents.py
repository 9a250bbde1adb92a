"""What a warehouse says to readers, in short: a checksum of each published view or table."""

from typing import Final

import duckdb

from pipelines.warehouse import declarations

_CHECKSUM: Final = "select bit_xor(md5_number(each::varchar)) from published.{name} as each"


def checksums(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return a checksum of the rows of each published view or table, by its name.

    Every column counts, the order of rows does not. No row is there twice: the gate looks at keys.
    """
    found = {}
    for each in declarations.every():
        [(checksum,)] = connection.execute(_CHECKSUM.format(name=each.name)).fetchall()
        found[each.name] = "no rows" if checksum is None else f"{checksum:032x}"
    return found
