"""Consoles of the command line: output and errors."""

from typing import Final

from rich.console import Console

# Text from files is printed unchanged: no markup, and no wrapping that would cut a figure.
out: Final = Console(soft_wrap=True, highlight=False, markup=False)
err: Final = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


def plain(text: str) -> str:
    """Return text with unprintable characters escaped, safe to print on a terminal."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
