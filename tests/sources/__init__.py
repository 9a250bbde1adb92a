"""Each source, its known answers; a package, so that its conftest.py has its own name."""
