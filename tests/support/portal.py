"""A publisher's portal on this machine: data.example, and old.example, where it was before."""

import json
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from misbehaving_server import BEHAVIOURS, BODIES, Server, near

from pipelines.raw.transport import NetworkEnvironment

LISTING = "jsonapi/file/file"
PAGE = "datareport/tip-victims"
OTHER_PAGE = "datareport/tip-convicted"
FOLDERS = "sites/dataportal.unodc.org/files"
OLD = "sites/dataunodc.un.org/files/data_glotip.xlsx"
NOVEMBER = f"{FOLDERS}/2025-11/data_glotip.xlsx"
AGAIN = f"{FOLDERS}/2025-11/data_glotip_0.xlsx"


class Portal:
    """The server, and what a source declares of its addresses."""

    def __init__(self, server: Server, certificate: Path, patch: pytest.MonkeyPatch) -> None:
        self.asked, self._server, self._patch = server.asked, server, patch
        self.addresses = {
            "listing": self.at(f"{LISTING}?filter[fn][condition][path]=filename"),
            "pages": (self.at(PAGE), self.at(OTHER_PAGE)),
            "address": self.at(OLD, "old.example"),
        }
        self.network = NetworkEnvironment(
            public=near,
            resolve=lambda _: ["127.0.0.1"],
            trusted=lambda: ssl.create_default_context(cafile=certificate),
            wait=lambda _: None,
        )

    def at(self, path: str, host: str = "data.example") -> str:
        """The address of a path."""
        return self._server.at(path, host)

    def serve(self, path: str, what: bytes | str | Callable) -> None:
        """Serve a body, or a behaviour, under a path."""
        self._patch.delitem(BODIES, path, raising=False)
        if callable(what):
            self._patch.setitem(BEHAVIOURS, path, what)
        else:
            body = what if isinstance(what, bytes) else what.encode()
            self._patch.setitem(BODIES, path, (body,))

    def list_file(self, path: str, changed: str = "2025-11-04T08:00:00+00:00") -> None:
        """Serve a listing that leads to a path."""
        self.serve(LISTING, listing(("data_glotip.xlsx", changed, f"/{path}")))


def listing(*entries: tuple[str, str, str]) -> str:
    """A listing of files: name, moment of the change, address."""
    data = [
        {"type": "file--file", "attributes": {"filename": name, "changed": at, "uri": {"url": url}}}
        for name, at, url in entries
    ]
    return json.dumps({"jsonapi": {"version": "1.0"}, "data": data})
