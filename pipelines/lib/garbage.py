"""Garbage collection: Python's search for circular references, made rarer."""

import gc


def collect_rarely() -> None:
    """Look for circular references 70 times less often, and not among what is there already.

    A run makes millions of small objects and few circles: the search would take a tenth of its
    time.
    """
    gc.freeze()
    gc.set_threshold(50_000, *gc.get_threshold()[1:])
