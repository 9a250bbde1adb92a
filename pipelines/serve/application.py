"""The routes of the service, and what answers each."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

import duckdb
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from pipelines.lib import settings
from pipelines.lib.digest import sha256_of
from pipelines.serve import http, openapi, plain, refusal, sdmx
from pipelines.serve.answers import Answers
from pipelines.serve.current import Current
from pipelines.serve.files import Files
from pipelines.serve.message import Answer, Ask
from pipelines.serve.refusal import RefusedError
from pipelines.serve.shell import Shell
from pipelines.serve.snapshot import Snapshot

_AT_THE_TOP: Final = {
    "/catalog.jsonld": "extracts/catalog.jsonld",
    "/catalog.ttl": "extracts/catalog.ttl",
}
"""Files of a version that machines look for at the top."""
_HOST: Final = re.compile(r"[\w.-]+(:\d+)?|\[[\da-fA-F:.]+\](:\d+)?")
_ENCODED: Final = "Accept-Encoding"
_NEGOTIATED: Final = "Accept, Accept-Language, Accept-Encoding"

Respond = Callable[[duckdb.DuckDBPyConnection, Ask], Answer]
Handler = Callable[[Request], Awaitable[Response]]


class Service:
    """The current version, what was answered from it, and the files of all versions."""

    def __init__(self, base_path: str, say: Callable[[str], None]) -> None:
        """Take the base path, and what tells the operator which version is served."""
        self.base_path = base_path
        self.answers = Answers()
        self.current = Current(say, self.answers)
        self.files = Files(self.answers)

    @property
    def version(self) -> str:
        """The id of the version that is served; "" if there is none."""
        return self.current.snapshot.id if self.current.snapshot else ""

    def snapshot(self) -> Snapshot:
        """Return what is served.

        Raises:
            RefusedError: there is no version (503).
        """
        if self.current.snapshot is None:
            raise RefusedError(503, "no figures are published at the moment; ask again later")
        return self.current.snapshot

    def base_url(self, request: Request) -> str:
        """Return the address of the service: as set, or as it was asked."""
        if configured := settings.base_url():
            return configured.rstrip("/")
        host = request.headers.get("host", "")
        safe = host if _HOST.fullmatch(host) else "localhost"
        return f"{request.url.scheme}://{safe}{self.base_path}"

    @asynccontextmanager
    async def running(self, _: Starlette) -> AsyncIterator[None]:
        """Open the current version before the first request, and look for the next ones."""
        await self.current.start()
        watching = asyncio.create_task(self.current.watch())
        yield
        watching.cancel()

    async def query(
        self,
        request: Request,
        responder: Callable[[Snapshot], Respond],
        vary: str,
        *,
        negotiated: bool,
    ) -> Response:
        """Answer from the current version, by what it is to respond with."""
        snapshot, headers = self.snapshot(), request.headers
        ask = Ask(
            path=request.scope["raw_path"].decode("latin-1"),
            query=request.scope["query_string"].decode("latin-1"),
            accept=headers.get("accept", "") if negotiated else "",
            accept_language=headers.get("accept-language", "") if negotiated else "",
            base_url=self.base_url(request) if negotiated else "",
        )
        zipped = http.takes_gzip(request)
        known = repr((snapshot.id, ask, zipped)).encode()
        etag = f'"{sha256_of(known)[:24]}"'
        if http.has(request, etag):
            return http.not_modified(etag, http.FOR_MINUTES, vary)
        answer = await self.answers.of_query(
            etag,
            snapshot.connection,
            partial(_answered, responder(snapshot), ask),
            request.receive,
            zipped=zipped,
        )
        if snapshot.is_recalled:
            raise RefusedError(503, "the figures are being replaced; ask again in a few seconds")
        return http.response(answer, etag, http.FOR_MINUTES, vary)

    async def sdmx(self, request: Request) -> Response:
        """Answer in SDMX."""

        def of(snapshot: Snapshot) -> Respond:
            return partial(sdmx.respond, made=snapshot.structures)

        return await self.query(request, of, _NEGOTIATED, negotiated=True)

    async def plain(self, request: Request) -> Response:
        """Answer with plain figures."""
        return await self.query(request, lambda _: plain.respond, _ENCODED, negotiated=False)

    async def codes(self, request: Request) -> Response:
        """Answer with a code list."""
        return await self._file(request, f"extracts/codelists/{request.path_params['name']}.csv")

    async def state(self, request: Request) -> Response:
        """Answer with all that is to be quoted of a state."""
        state = request.path_params["state"].upper()
        return await self._file(request, f"extracts/json/{state}.json")

    async def extract(self, request: Request) -> Response:
        """Answer with an extract."""
        return await self._file(request, f"extracts/{request.path_params['path']}")

    async def warehouse(self, request: Request) -> Response:
        """Answer with the database."""
        return await self._file(request, f"warehouse/{request.path_params['path']}")

    async def at_the_top(self, request: Request) -> Response:
        """Answer with a description of all, which lies among the extracts."""
        return await self._file(request, _AT_THE_TOP[request.url.path])

    async def site(self, request: Request) -> Response:
        """Answer with a page or what it loads."""
        snapshot, path = self.snapshot(), request.path_params["path"]
        return await self.files.of_site(request, snapshot, path, self.base_path)

    async def version_file(self, request: Request) -> Response:
        """Answer with a file of a kept version."""
        identity, path = request.path_params["id"], request.path_params["path"]
        return await self.files.of_version(request, identity, path)

    async def _file(self, request: Request, path: str) -> Response:
        return await self.files.of(request, self.snapshot(), path)

    async def openapi(self, request: Request) -> Response:
        """Answer with the description of what may be asked."""
        document = openapi.document(self.base_url(request))
        etag = f'"{sha256_of(document)[:24]}"'
        if http.has(request, etag):
            return http.not_modified(etag, http.FOR_MINUTES, "")
        media = "application/vnd.oai.openapi+json;version=3.1"
        return http.response(Answer(200, media, document), etag, http.FOR_MINUTES, "Host")

    async def health(self, _: Request) -> Response:
        """Answer with the version that is served, and why not a newer one; 503 without any."""
        now = self.current.snapshot
        said = {
            "status": "no version" if now is None else "ok",
            "version": self.version,
            "published": now.published if now else "",
            "problem": self.current.problem,
            "queries_waiting": self.answers.waiting,
        }
        answer = Answer(200 if now else 503, "application/json", orjson.dumps(said))
        return http.plain_response(answer, {"cache-control": "no-store"})

    def routes(self) -> list[Route]:
        """Return the routes; of several that fit, the first answers."""
        return [
            Route("/healthz", self.health),
            Route("/openapi.json", self.openapi),
            Route("/sdmx/{path:path}", self.sdmx),
            Route("/api/v1/codes/{name}.csv", self.codes),
            Route("/api/v1/states/{state}.json", self.state),
            Route("/api/v1/{table:path}", self.plain),
            Route("/versions/{id}/{path:path}", self.version_file),
            Route("/extracts/{path:path}", self.extract),
            Route("/warehouse/{path:path}", self.warehouse),
            *(Route(path, self.at_the_top) for path in _AT_THE_TOP),
            Route("/{path:path}", self.site),
        ]


def _answered(respond: Respond, ask: Ask, cursor: duckdb.DuckDBPyConnection) -> Answer:
    try:
        return respond(cursor, ask)
    except RefusedError as refused:
        return refusal.answer(ask.path, refused.status, refused.reason)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)  # noqa: S101  # the only class that it is registered for
    answer = refusal.answer(request.url.path, error.status, error.reason)
    return http.plain_response(answer, {"vary": "Accept"})


async def _failed(request: Request, _: Exception) -> Response:
    reason = "the service failed to answer; its operator finds why in its log"
    return http.plain_response(refusal.answer(request.url.path, 500, reason), {})


def application(base_path: str, say: Callable[[str], None]) -> ASGIApp:
    """Return the service as an ASGI application; `say` tells the operator which version it serves.

    Raises:
        SettingError: an environment variable has an invalid value.
    """
    service = Service(base_path, say)
    routed = Starlette(
        routes=service.routes(),
        exception_handlers={RefusedError: _refused, Exception: _failed},
        lifespan=service.running,
    )
    return Shell(routed, base_path, lambda: service.version)
