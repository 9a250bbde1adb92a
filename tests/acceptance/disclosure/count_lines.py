"""Count what the disclosure attack finds, and write the published table: `make attack-counts`.

It reads the warehouse and the harmonised releases of the last run.
"""

import csv

import disclosed
import duckdb
import pandas as pd
from disclosed import UNODC, every_line
from published_statements import printed_rates, views
from statements import as_released, printed

from pipelines.harmonised import release_files
from pipelines.lib import paths
from pipelines.published import attack_counts

ROOT = attack_counts.TABLE.parents[2]


def main() -> None:
    """Write `attack_counts.csv` anew."""
    before = disclosed.unsd_as_committed_before(ROOT)
    if before is None:
        raise SystemExit("needs the earlier commits of data/raw/int_unsd_sdg: a whole clone")
    releases = release_files.releases(paths.harmonised(), UNODC)
    released = as_released(pd.read_parquet(each.files.rows) for each in releases)
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        prints = pd.concat([printed(connection), printed_rates(connection)])
        lines = [*every_line(prints, views(connection), released, before)]
    with attack_counts.TABLE.open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(attack_counts.AttackCount._fields)
        writer.writerows(lines)


if __name__ == "__main__":
    main()
