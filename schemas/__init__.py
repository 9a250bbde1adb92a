"""The form of the data: contracts, code lists, the standard, and the metadata of a source.

Nothing here reads files other than the code lists and the sheets of the standard; no Dagster,
DuckDB or network.
"""
