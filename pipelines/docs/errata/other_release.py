"""What became of the errata of a release in another one, as the warehouse judges it."""

from collections.abc import Mapping
from typing import Final

import duckdb
import pandas as pd

from pipelines.harmonised.harmonise import Harmonised
from pipelines.harmonised.release_files import Release
from pipelines.lib import paths
from pipelines.warehouse import database, reference_tables, sql_files

_VIEW: Final = "erratum_in_release"
_NEWEST: Final = """
    select *, other_release > release as is_later
    from harmonised.erratum_in_release
    qualify other_release = max(other_release) over (partition by source, release)
"""


def outcomes(made: Mapping[tuple[str, str], Harmonised]) -> pd.DataFrame:
    """Return one row per erratum: what became of it in the newest release after its own.

    In the newest release it is what it was in the release before. Takes the harmonised releases by
    source and release. Columns: those of the view `harmonised.erratum_in_release`, and is_later
    (whether the other release is the later one).
    """
    with duckdb.connect() as connection:
        database.create_tables(connection)
        releases = [Release(paths.harmonised(), *key) for key in made]
        database.insert(connection, "main.release", reference_tables.releases(releases))
        for each in made.values():
            database.insert(connection, "harmonised.observation", each.rows)
            database.insert(connection, "main.erratum", each.errata)
        [view] = [file for file in sql_files.folder("harmonised") if file.name == _VIEW]
        connection.execute(view.text)
        return connection.execute(_NEWEST).df()
