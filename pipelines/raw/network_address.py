"""Check the addresses of files: the scheme, the host, and that it is not inside our network."""

import ipaddress
import socket
from typing import Final

import httpx

from pipelines.raw.network_errors import RefusedError

_ALLOCATED: Final = ipaddress.ip_network("2000::/3")
"""Range of all public IPv6 addresses."""
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 addresses in the form that networks without IPv4 use."""


def is_public(address: str) -> bool:
    """Return whether an address is public: neither this machine nor a neighbour.

    An IPv6 address that represents an IPv4 address is checked as that.
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


def host(address: str) -> str:
    """Return the host of an address, with its port if it is not the scheme's own.

    Raises:
        httpx.InvalidURL: it is no address.
    """
    return httpx.URL(address).netloc.decode()


def absolute(base: str, reference: str) -> str:
    """Return the address that a reference means on the page at an address.

    Raises:
        ValueError: it means none.
    """
    try:
        return str(httpx.URL(base).join(reference))
    except httpx.InvalidURL as error:
        raise ValueError(str(error)) from error


def resolve(host: str) -> list[str]:
    """Return the addresses of a host, in the system's order of preference.

    Raises:
        OSError: the host cannot be found.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def checked_url(url: httpx.URL, before: httpx.URL | None = None) -> httpx.URL:
    """Return a URL if it may be requested, also as a redirect from the one before.

    Its host is checked when it is dialled.

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
