"""Dagster's definitions, with short runs in whatever process loads them."""

import short_runs

short_runs.shorten()

from pipelines.definitions import defs  # noqa: E402, F401
