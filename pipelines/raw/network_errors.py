"""Errors of downloads: final ones, and those that another attempt may overcome."""


class FetchError(Exception):
    """A file that could not be downloaded; the message names its address and the remedy.

    Attributes:
        may_pass: whether it failed because the server could not be reached or did not answer.
        absent: whether the server answered that the file is not there; it may be elsewhere.
    """

    def __init__(self, message: str, *, may_pass: bool = False, absent: bool = False) -> None:
        """Take a message, whether a later attempt may succeed, and whether the file is absent."""
        super().__init__(message)
        self.may_pass = may_pass
        self.absent = absent


class RefusedError(Exception):
    """A failure that another attempt would not change."""


class AbsentError(RefusedError):
    """An answer that the file is not at the address, or another thing in its place."""


class ExhaustedError(RefusedError):
    """A failure that another attempt may overcome, but all attempts or all time are used."""


class TransientError(Exception):
    """A failure that another attempt may overcome.

    Attributes:
        wait_seconds: seconds that the server asks to wait.
    """

    def __init__(self, message: str, wait_seconds: float = 0) -> None:
        """Take a message and the seconds to wait."""
        super().__init__(message)
        self.wait_seconds = wait_seconds
