"""Dagster's definitions, light in whatever process loads them."""

import light

light.lighten()

from pipelines.orchestration.assets import defs  # noqa: E402, F401
