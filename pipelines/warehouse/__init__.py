"""The DuckDB file: how it is built from harmonised figures, its SQL, statistics, and its queries.

Tables, views and rules are SQL files, one statement each; Python loads, runs and describes them.
"""
