"""The process of the service: one uvicorn, which answers until it is ended.

Why no framework with typed parameters: docs/decisions/serve.md.
"""

import ctypes
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import uvicorn

from pipelines.lib.errors import TipstatError
from pipelines.serve.application import application
from pipelines.serve.impatient import Impatient

CONNECTIONS: Final = 512
"""Connections at a time; the next gets 503."""
_BACKLOG: Final = 256
_IDLE_SECONDS: Final = 5
"""Time for which a connection is kept open for the next request."""
_END_SECONDS: Final = 3
"""Time that requests under way have when the process is to end."""


_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
"""Numbers of two of glibc's parameters (malloc.h)."""
_LARGE_BLOCK: Final = 1 << 20
_ARENAS: Final = 2


class ServeError(TipstatError):
    """A service that cannot begin."""


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one.

    Raises:
        ServeError: the port is taken, or the host is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise ServeError(
            f"{host} port {port}: cannot listen there ({error.strerror}); give another --port or "
            "--host"
        ) from error


def _return_memory() -> None:
    """Let glibc give large blocks back to the system at once; other libraries are left alone.

    It would keep what an answer took for the next one, in as many places as there are threads.
    """
    with suppress(AttributeError, OSError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(_M_MMAP_THRESHOLD, _LARGE_BLOCK)
        library.mallopt(_M_ARENA_MAX, _ARENAS)


def run(listening: socket.socket, base_path: str, say: Callable[[str], None]) -> None:
    """Answer until Ctrl-C or SIGTERM; `say` tells the operator which version is served."""
    _return_memory()
    config = uvicorn.Config(
        application(base_path, say),
        http=Impatient,
        ws="none",
        lifespan="on",
        interface="asgi3",
        limit_concurrency=CONNECTIONS,
        backlog=_BACKLOG,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_END_SECONDS,
        access_log=False,
        server_header=False,
        log_level="error",
    )
    uvicorn.Server(config).run(sockets=[listening])
