"""The graph, its runs and its alerts. A package, so that its conftest.py is not taken for another."""
