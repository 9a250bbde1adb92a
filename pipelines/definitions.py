"""Dagster's entry point: the one `Definitions` object of this code location."""

from pipelines.orchestration.assets import defs

__all__ = ["defs"]
