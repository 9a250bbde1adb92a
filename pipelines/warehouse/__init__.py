"""The DuckDB file: its build from harmonised figures, SQL, statistics and queries.

Tables, views and rules are SQL files, one statement each; Python loads, runs and describes them.
"""
