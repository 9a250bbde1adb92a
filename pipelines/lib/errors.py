"""The base of the errors that a person can mend."""

from collections.abc import Callable, Iterable


class TipstatError(Exception):
    """Something is wrong that a person can mend; the message says what, where, what to do.

    The command line prints it in a line and ends with exit code 1, without a traceback.
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
