"""The service; a package, so that its conftest.py has its own name."""
