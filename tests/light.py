"""The command line with one page, one form of extract, and no views with names beside codes.

These are most of a run's time and have tests of their own: tests of runs need no more of them, and
each is then several times as quick. `python light.py VERB ...`.
"""

import sys
from collections.abc import Callable

from pipelines import exports, warehouse
from pipelines.site import build, home


def lighten(put: Callable[[object, str, object], None] = setattr) -> None:
    """Makes runs in this process light; `put` sets an attribute."""
    put(exports, "FORMS", ("parquet",))
    for name in ("pipelines.exports.build", "pipelines.definitions"):
        if name in sys.modules:  # otherwise it takes them from there when it is imported
            put(sys.modules[name], "FORMS", ("parquet",))
    put(build, "KINDS", (home,))
    put(warehouse, "LABELLED_IN", ())


if __name__ == "__main__":
    lighten()
    from pipelines.cli import main

    main()
