"""The form of the data: contracts, code lists, and the metadata that a source must declare.

Nothing here reads files other than the code lists; no Dagster, DuckDB or network.
"""
