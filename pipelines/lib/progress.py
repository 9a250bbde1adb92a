"""What long work is at: whoever does it reports, a terminal may listen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

_listeners: Final[list[Callable[[str], object]]] = []


def report(what: str) -> None:
    """Tell whoever listens what is done now, and how much of it is left."""
    for listener in _listeners:
        listener(what)


@contextmanager
def heard_by(listener: Callable[[str], object]) -> Iterator[None]:
    """Let `listener` hear what is reported meanwhile in this process."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
