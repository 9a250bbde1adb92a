"""Case records to counts; a package, so that its conftest.py has its own name."""
