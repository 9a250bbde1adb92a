"""The graph, its runs and its alerts; a package, so that its conftest.py has its own name."""
