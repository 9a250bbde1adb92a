"""Dagster's definitions, light in whatever process loads them."""

import light

light.lighten()

from pipelines.definitions import defs  # noqa: E402, F401
