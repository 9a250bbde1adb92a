"""Dials public addresses only, and only until a deadline.

A host is resolved once for each connection, all its addresses are judged, and one of those judged
is dialled. To ask again would let a name server answer with another address (DNS rebinding).
"""

import importlib.metadata
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import httpcore
import httpx

_ALLOCATED: Final = ipaddress.ip_network("2000::/3")
"""Where all public IPv6 addresses lie."""
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 addresses as a network without IPv4 writes them."""


class RefusedError(Exception):
    """What another attempt would not change."""


class Deadline:
    """The moment by which all must be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until then; negative if it has passed."""
        return self._end - time.monotonic()

    def cap(self, timeout: float | None) -> float:
        """A timeout that does not reach beyond it.

        Raises:
            httpcore.TimeoutException: it has passed.
        """
        left = self.left
        if left <= 0:
            raise httpcore.TimeoutException("out of time")
        return left if timeout is None else min(timeout, left)


def is_public(address: str) -> bool:
    """Return whether an address is public: neither this machine nor a neighbour.

    An IPv6 address that stands for an IPv4 address is judged as that.
    """
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(found.packed[-4:])
        if inner:
            return is_public(str(inner))
        if found not in _ALLOCATED:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def resolve(host: str) -> list[str]:
    """The addresses of a host, in the order in which the system prefers them.

    Raises:
        OSError: the host cannot be found.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _public_authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True)
class NetworkEnvironment:
    """The world outside, which tests replace by a smaller one.

    Attributes:
        public: whether an address may be dialled.
        resolve: the addresses of a host.
        trusted: the authorities whose certificates count.
        wait: lets seconds pass.
    """

    public: Callable[[str], bool] = is_public
    resolve: Callable[[str], list[str]] = resolve
    trusted: Callable[[], ssl.SSLContext] = _public_authorities
    wait: Callable[[float], object] = time.sleep


def client(deadline: Deadline, timeout: httpx.Timeout, around: NetworkEnvironment) -> httpx.Client:
    """A client that no environment variable, netrc file or proxy diverts.

    Its requests raise what `_Transport.handle_request` raises.
    """
    version = importlib.metadata.version("tipstat")
    return httpx.Client(
        transport=_Transport(deadline, around),
        trust_env=False,
        timeout=timeout,
        headers={
            "User-Agent": f"tipstat/{version} (+statistics pipeline)",
            "Accept-Encoding": "identity",
        },
    )


def judged(url: httpx.URL, before: httpx.URL | None = None) -> httpx.URL:
    """An address that may be asked, also as a redirect from the one before.

    Its host is judged when it is dialled.

    Raises:
        RefusedError: another scheme, no host, a password, or a step from https back to http.
    """
    where = f"{'redirects to ' if before else ''}{url.scheme}://{url.host}"
    if url.scheme not in {"http", "https"} or not url.host:
        raise RefusedError(f"{where}: neither http nor https with a host; correct the address")
    if url.userinfo:
        raise RefusedError(f"{where}: with a name or password in the address; take it out")
    if before and before.scheme == "https" and url.scheme == "http":
        raise RefusedError(f"{where}: from https to open http; ask the publisher for https")
    return url


class _Transport(httpx.BaseTransport):
    """Carries requests to public addresses, until the deadline; raises httpcore's errors.

    `httpx.HTTPTransport` has no public way to choose who dials.
    """

    def __init__(self, deadline: Deadline, around: NetworkEnvironment) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=around.trusted(),
            network_backend=_Backend(deadline, around),
            max_keepalive_connections=0,  # the server may be about to end an idle connection
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request that has no body.

        Raises:
            RefusedError: the host is not public, or its certificate is not valid.
            httpcore.TimeoutException: no answer in time.
            httpcore.NetworkError: no connection, or a broken one.
            httpcore.ProtocolError: an answer that is not HTTP.
        """
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Closes all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore.NetworkBackend):
    """Opens connections to judged addresses."""

    def __init__(self, deadline: Deadline, around: NetworkEnvironment) -> None:
        self._deadline = deadline
        self._around = around
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
        for address in self._judged(host):
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

    def _judged(self, host: str) -> list[str]:
        """All addresses of a host; one that is not public condemns the others too."""
        try:
            addresses = self._around.resolve(host)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} cannot be found: {error}") from error
        for address in addresses:
            if not self._around.public(address):
                raise RefusedError(
                    f"{host} is at {address}, not a public address; correct the address"
                )
        return addresses


class _Stream(httpcore.NetworkStream):
    """A connection on which nothing is awaited beyond the deadline, however it drips."""

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
