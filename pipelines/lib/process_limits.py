"""Resource limits of a process that handles untrusted input."""

import resource


def limit(memory: int, seconds: int, largest: int) -> None:
    """Limit the resources of this process, and disable core dumps.

    Args:
        memory: address space, in bytes.
        seconds: processor time.
        largest: size of the largest file that it may write, in bytes.
    """
    for which, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))
