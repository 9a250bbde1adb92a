"""Files of versions: the site, the extracts, and those of kept versions.

Only paths of a version's manifest can be asked for, so no path leads anywhere else. A file is
looked at each time, so that what was removed is gone at once; a text whose bytes are not those that
were published is not sent.
"""

import os
import posixpath
import re
from collections import OrderedDict
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from pipelines.lib import paths
from pipelines.lib.digest import sha256_of
from pipelines.published.versions.version import EXTRACTS, LINKED, SITE, VersionError
from pipelines.serve import http
from pipelines.serve.answers import Answers
from pipelines.serve.message import Answer
from pipelines.serve.refusal import RefusedError
from pipelines.serve.snapshot import Tree, tree_of

_TEXTS: Final = {
    ".cff": "text/yaml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttl": "text/turtle; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
"""Media types of files that are sent compressed, by suffix."""
_OTHERS: Final = {
    ".gz": "application/gzip",
    ".parquet": "application/vnd.apache.parquet",
    ".png": "image/png",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
_VERSION: Final = re.compile(r"\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z-[0-9a-f]{8}")
_SITE: Final = SITE.as_posix()
_LINKED: Final = re.compile(rf"{SITE}/(?=({'|'.join(map(str, LINKED))})/)")
"""What lies below the site of a version, as pages link to it, and in a folder of its own."""
_TREES: Final = 16
"""Kept versions whose manifest is remembered."""
_ABSENT: Final = "no such file in this version"
_VARY: Final = "Accept-Encoding"


class Files:
    """Files in the folders of versions."""

    def __init__(self, answers: Answers) -> None:
        """Take what keeps the files that were read."""
        self._answers = answers
        self._trees: OrderedDict[str, Tree] = OrderedDict()

    async def of_site(self, request: Request, tree: Tree, path: str, base_path: str) -> Response:
        """Return a page or what it loads; a folder is its `index.html`."""
        place = f"{_SITE}/{path}"
        if place in tree.files:
            return await self.of(request, tree, place)
        index = f"{place.removesuffix('/')}/index.html"
        if index not in tree.files:
            return await self.of(request, tree, place)
        if path and not path.endswith("/"):
            return RedirectResponse(f"{base_path}/{path}/", 308)
        return await self.of(request, tree, index)

    async def of_version(self, request: Request, identity: str, path: str) -> Response:
        """Return a file of a kept version; its own address leads to its first page.

        Raises:
            RefusedError: no such id or file (404), or the version is not kept (410).
        """
        if path in ("", f"{SITE}/"):
            return RedirectResponse("index.html" if path else f"{SITE}/index.html", 308)
        path = _LINKED.sub("", path)
        if not path.startswith((f"{SITE}/", f"{EXTRACTS}/")):
            raise RefusedError(
                404, "ask for /versions/{id}/site/... or /versions/{id}/extracts/..."
            )
        response = await self.of(request, self._kept(identity), path, cache=http.FOR_A_DAY)
        response.headers["tipstat-version"] = identity
        return response

    async def of(
        self, request: Request, tree: Tree, path: str, *, cache: str = http.FOR_MINUTES
    ) -> Response:
        """Return a file of a version.

        Raises:
            RefusedError: there is no such file (404), or its bytes are not those published (500).
        """
        digest, file = tree.files.get(path), f"{tree.folder}{os.sep}{path}"
        try:
            state = os.stat(file) if digest else None  # noqa: PTH116
        except OSError:
            state = None
        if not digest or state is None:
            raise RefusedError(404, _ABSENT)
        suffix = posixpath.splitext(path)[1]
        media = _TEXTS.get(suffix)
        zipped = bool(media) and http.takes_gzip(request)
        etag = f'"{digest[:24]}{"-gzip" if zipped else ""}"'
        if http.has(request, etag):
            return http.not_modified(etag, cache, _VARY)
        if media is None:
            headers = {"etag": etag, "cache-control": cache}
            media = _OTHERS.get(suffix, "application/octet-stream")
            return FileResponse(file, headers=headers, media_type=media, stat_result=state)

        def read() -> Answer:
            try:
                body = Path(file).read_bytes()
            except OSError as error:  # removed since it was looked at
                raise RefusedError(404, _ABSENT) from error
            if sha256_of(body) != digest:
                raise RefusedError(500, "this file was damaged; 'tipstat verify' names what is")
            return Answer(200, media, body)

        place = f"{etag}{suffix}{state.st_mtime_ns}{state.st_size}"
        answer = await self._answers.of_file(place, read, request.receive, zipped=zipped)
        return http.response(answer, etag, cache, _VARY)

    def _kept(self, identity: str) -> Tree:
        """Return the files of a kept version; its manifest is read again when it has changed."""
        if not _VERSION.fullmatch(identity):
            raise RefusedError(404, "no version has such an id")
        known = self._trees.pop(identity, None)
        if known is None or not known.stamp.holds():
            try:
                known, _ = tree_of(paths.versions() / identity)
            except VersionError as error:
                raise RefusedError(410, "this version is not kept, or was recalled") from error
        self._trees[identity] = known
        if len(self._trees) > _TREES:
            self._trees.popitem(last=False)
        return known
