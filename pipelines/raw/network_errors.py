"""Errors of downloads: final ones, and those that another attempt may overcome."""


class FetchError(Exception):
    """A file that could not be downloaded; the message names its address and the remedy.

    Attributes:
        may_pass: whether it failed because the server could not be reached or did not answer.
        absent: whether the server answered that nothing is there (404, 410), or with something
            else: a web page in place of data, a page or listing that does not lead to the file. It
            may be elsewhere.
        forbidden: whether the server refused to give it (401, 403, 451), so that nobody knows what
            is there.
    """

    def __init__(
        self, message: str, *, may_pass: bool = False, absent: bool = False, forbidden: bool = False
    ) -> None:
        """Take a message and the attributes."""
        super().__init__(message)
        self.may_pass = may_pass
        self.absent = absent
        self.forbidden = forbidden


class RefusedError(Exception):
    """A failure that another attempt would not change."""


class AbsentError(RefusedError):
    """An answer that nothing is at the address (404, 410), or a web page in place of data."""


class ForbiddenError(RefusedError):
    """An answer that what is at the address is not given (401, 403, 451)."""


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
