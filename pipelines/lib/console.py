"""The two consoles of the command line: output and errors."""

from typing import Final

from rich.console import Console

# What a file holds is printed as it stands: no markup, no wrapping that would cut a figure.
out: Final = Console(soft_wrap=True, highlight=False, markup=False)
err: Final = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


def plain(text: str) -> str:
    """Return text of a file fit for a terminal: what does not print is written as its code."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
