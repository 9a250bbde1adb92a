"""Progress of long work: the work reports it, a terminal may show it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

_listeners: Final[list[Callable[[str], object]]] = []


def report(what: str) -> None:
    """Report the current step, and how much of it is left, to all listeners."""
    for listener in _listeners:
        listener(what)


def listen(listener: Callable[[str], object]) -> None:
    """Pass what this process reports to `listener`, until it ends."""
    _listeners.append(listener)


@contextmanager
def listening(listener: Callable[[str], object]) -> Iterator[None]:
    """Pass what this process reports during the block to `listener`."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
