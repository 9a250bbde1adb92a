"""The error of images."""

from pipelines.lib.errors import TipstatError


class PrintError(TipstatError):
    """There is no such chart, or no browser to draw it; the text says what to do."""
