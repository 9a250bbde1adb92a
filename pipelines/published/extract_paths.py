"""Paths of extracts for programs: what makes, describes and links them agrees."""

from pipelines.warehouse.declarations import Declaration


def csv(declared: Declaration) -> str:
    """Return the path of the CSV file of a published view or table."""
    return f"csv/{declared.name}.csv.gz"


def parquet(declared: Declaration, source: str) -> str:
    """Return the path of the Parquet file of one source."""
    return f"parquet/{declared.name}/{source}.parquet"


def release(source: str, day: str) -> str:
    """Return the path of the Parquet file of one release of a source."""
    return f"parquet/releases/{source}/{day}.parquet"


def json(area: str) -> str:
    """Return the path of the JSON file of a state, or of AMERICAS."""
    return f"json/{area}.json"
