"""Base class of the errors that a user can fix."""

from collections.abc import Callable, Iterable


class TipstatError(Exception):
    """An error that a user can fix; the message says what is wrong, where, and what to do.

    The command line prints it on one line and ends with exit code 1, without a traceback.
    """


def messages(checks: Iterable[Callable[[], object]]) -> list[str]:
    """Return the message of each check that raises a `TipstatError`."""
    found = []
    for check in checks:
        try:
            check()
        except TipstatError as fault:
            found.append(str(fault))
    return found
