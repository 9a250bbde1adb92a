"""Simulate the null distributions for the years of the shipped series: `make chance`."""

import duckdb

from pipelines.lib import paths
from pipelines.warehouse.statistics import chance, trend
from pipelines.warehouse.statistics.series import series_of


def main() -> None:
    """Write the table for the series of the warehouse that `make run` builds."""
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        points = connection.execute("from judged.trend_point order by all").df()
    chance.write(trend.judged_years(series_of(points)), chance.TABLE)


if __name__ == "__main__":
    main()
