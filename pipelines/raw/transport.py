"""Dial public addresses only, and only until a deadline.

A host is resolved once for each connection, all its addresses are checked, and one of them is
dialled. Resolving it again would let a name server give another address (DNS rebinding).
"""

import importlib.metadata
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import httpcore
import httpx

from pipelines.raw.network_address import is_public, resolve
from pipelines.raw.network_errors import RefusedError

_PUBLIC_AUTHORITIES: Final = partial(httpx.create_ssl_context, trust_env=False)


class Deadline:
    """The moment by which everything must be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left; negative if it has passed."""
        return self._end - time.monotonic()

    def cap(self, timeout: float | None) -> float:
        """Return a timeout that ends by the deadline.

        Raises:
            httpcore.TimeoutException: it has passed.
        """
        left = self.left
        if left <= 0:
            raise httpcore.TimeoutException("out of time")
        return left if timeout is None else min(timeout, left)


@dataclass(frozen=True)
class NetworkEnvironment:
    """Access to the network, which tests replace."""

    public: Callable[[str], bool] = is_public  # returns whether an address may be dialled
    resolve: Callable[[str], list[str]] = resolve  # returns the addresses of a host
    # returns the certificate authorities that are trusted
    trusted: Callable[[], ssl.SSLContext] = _PUBLIC_AUTHORITIES
    wait: Callable[[float], object] = time.sleep  # waits for some seconds
    # the only hosts that may be asked, and over https only; if there are none, all may
    hosts: frozenset[str] = frozenset()


def client(deadline: Deadline, timeout: httpx.Timeout, network: NetworkEnvironment) -> httpx.Client:
    """Return a client that ignores proxies, netrc files and environment variables.

    Its requests raise what `_Transport.handle_request` raises.
    """
    version = importlib.metadata.version("tipstat")
    return httpx.Client(
        transport=_Transport(deadline, network),
        trust_env=False,
        timeout=timeout,
        headers={
            "User-Agent": f"tipstat/{version} (+statistics pipeline)",
            "Accept-Encoding": "identity",
        },
    )


class _Transport(httpx.BaseTransport):
    """Sends requests to public addresses, until the deadline; raises httpcore's errors.

    `httpx.HTTPTransport` has no public way to choose the network backend.
    """

    def __init__(self, deadline: Deadline, network: NetworkEnvironment) -> None:
        self._hosts = network.hosts
        self._pool = httpcore.ConnectionPool(
            ssl_context=network.trusted(),
            network_backend=_Backend(deadline, network),
            max_keepalive_connections=0,  # the server may be about to end an idle connection
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request that has no body.

        Raises:
            RefusedError: the host is not one that may be asked, or not public, or its certificate
                is invalid.
            httpcore.TimeoutException: no answer in time.
            httpcore.NetworkError: no connection, or a broken one.
            httpcore.ProtocolError: an answer that is not HTTP.
        """
        url = request.url
        if self._hosts and (url.scheme != "https" or url.netloc.decode() not in self._hosts):
            raise RefusedError(
                f"leads to {url.scheme}://{url.netloc.decode()}, where the publisher's files are "
                f"not expected ({', '.join(sorted(self._hosts))}, over https); look at it in a "
                "browser, and correct the addresses of the source if the publisher has moved"
            )
        response = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Backend(httpcore.NetworkBackend):
    """Opens connections to public addresses."""

    def __init__(self, deadline: Deadline, network: NetworkEnvironment) -> None:
        self._deadline = deadline
        self._network = network
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._checked(host):
            capped = self._deadline.cap(timeout)
            try:
                stream = self._plain.connect_tcp(
                    address, port, capped, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(stream, self._deadline)
        raise failed

    def _checked(self, host: str) -> list[str]:
        """Return the addresses of a host; one that is not public rules out all of them."""
        try:
            addresses = self._network.resolve(host)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} cannot be found: {error}") from error
        for address in addresses:
            if not self._network.public(address):
                raise RefusedError(
                    f"{host} is at {address}, not a public address; correct the address"
                )
        return addresses


class _Stream(httpcore.NetworkStream):
    """A connection that never waits beyond the deadline, however slowly bytes arrive."""

    def __init__(self, plain: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._plain = plain
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._plain.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._plain.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._plain.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        capped = self._deadline.cap(timeout)
        try:
            secured = self._plain.start_tls(ssl_context, server_hostname, capped)
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise RefusedError(
                    f"the certificate of {server_hostname} is not valid "
                    f"({error.__cause__.verify_message}); ask the publisher"
                ) from error
            raise
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._plain.get_extra_info(info)
