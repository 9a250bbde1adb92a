"""The error of images."""


class PrintError(Exception):
    """There is no such chart, or no browser to draw it; the text says what to do."""
