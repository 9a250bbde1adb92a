"""Limits of a process that works on what somebody else wrote: the system stops it there."""

import resource


def limit(memory: int, seconds: int, largest: int) -> None:
    """Limit this process, and let it leave no image of its memory.

    Args:
        memory: of its address space, in bytes.
        seconds: of processor time.
        largest: size of the largest file that it may write, in bytes.
    """
    for which, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))
