"""The verb `tipstat serve`: site, extracts, SDMX and plain figures over HTTP."""

import ipaddress
import re
from typing import Annotated

import typer

from pipelines.lib.console import err, out, plain
from pipelines.serve import process

app = typer.Typer()


def _base_path(text: str) -> str:
    """Return a base path as `/tip`, or ""."""
    path = text.strip("/")
    if not re.fullmatch(r"[\w.~/-]*", path, re.ASCII):
        raise typer.BadParameter(f"'{text}' is no path; give one such as /tip")
    return f"/{path}" if path else ""


@app.command()
def serve(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen at.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65_535, help="Port; 0 takes a free one.")
    ] = 8080,
    base_path: Annotated[
        str,
        typer.Option(
            metavar="PATH", parser=_base_path, help="Path at which a proxy shows it: /tip."
        ),
    ] = "",
    open_: Annotated[
        bool, typer.Option("--open", help="Allow an address that other machines can reach.")
    ] = False,
) -> None:
    """Serve pages, extracts and figures (SDMX, CSV, JSON) of the current version over HTTP.

    It only reads, and shows each new version by itself; a recalled one is gone within two seconds.
    Without --open only this machine can reach it.
    """
    if not _is_loopback(host) and not open_:
        raise typer.BadParameter(
            f"'{host}' is not this machine alone: {_who(host)} could read what is published, "
            "without a password; give --open if they are to"
        )
    listening = process.bound(host, port)
    name = f"[{host}]" if ":" in host else host
    out.print(f"http://{name}:{listening.getsockname()[1]}{base_path}/ (Ctrl-C ends it)")
    if not _is_loopback(host):
        out.print(f"Open: {_who(host)} can read what is published, without a password.")
    try:
        process.run(listening, base_path, lambda text: err.print(plain(text)))
    except KeyboardInterrupt:
        raise typer.Exit from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _who(host: str) -> str:
    """Return who reaches a service that listens at an address which is not this machine's own."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return f"everybody who reaches this machine by the name {host}"
    if address.is_unspecified:
        return "everybody who reaches this machine by any of its networks"
    if address.is_private:
        return f"everybody in the network of {host}"
    return "everybody on the internet, unless a firewall keeps them out"
