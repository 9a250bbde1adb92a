"""Where the command line prints: what was asked for, and what is wrong."""

from typing import Final

from rich.console import Console

# What a file holds is printed as it stands: no markup, no wrapping that would cut a figure.
out: Final = Console(soft_wrap=True, highlight=False, markup=False)
err: Final = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
