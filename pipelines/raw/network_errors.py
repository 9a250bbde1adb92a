"""Errors of downloads: final ones, and those that another attempt may overcome."""


class FetchError(Exception):
    """A file that could not be downloaded; the message names its address and the remedy."""


class RefusedError(Exception):
    """A failure that another attempt would not change."""


class TransientError(Exception):
    """A failure that another attempt may overcome.

    Attributes:
        wait_seconds: seconds that the server asks to wait.
    """

    def __init__(self, message: str, wait_seconds: float = 0) -> None:
        """Take a message and the seconds to wait."""
        super().__init__(message)
        self.wait_seconds = wait_seconds
