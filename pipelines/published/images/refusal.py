"""Why there is nothing to print."""


class PrintError(Exception):
    """There is no such chart, or nothing to draw it with; the words say what to do."""
