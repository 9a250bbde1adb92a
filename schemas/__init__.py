"""What the data must look like: the contract, the code lists, what must be known of a source.

Nothing here reads anything but the CSV files beside it; no Dagster, DuckDB or network.
"""
