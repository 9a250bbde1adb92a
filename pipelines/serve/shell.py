"""What holds for every answer: methods, the length of an address, the base path, common headers."""

from collections.abc import Callable
from typing import Final

from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipelines.serve import http, refusal

MAX_TARGET: Final = 8_192
"""Bytes of an address."""
_ALLOWED: Final = "GET, HEAD, OPTIONS"
_PREFLIGHT: Final = {
    "access-control-allow-methods": _ALLOWED,
    "access-control-allow-headers": "Accept, Accept-Language, If-None-Match, Range",
    "access-control-max-age": "86400",
    "vary": "Access-Control-Request-Method, Access-Control-Request-Headers",
}
_COMMON: Final = [
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Content-Disposition, Content-Range, ETag, Retry-After, Tipstat-As-Of, Tipstat-Version",
    ),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-content-type-options", b"nosniff"),
]
_OTHER: Final = b"default-src 'none'; frame-ancestors 'none'; sandbox"
"""Policy of all but pages: these have one of their own, and other sites may embed them."""


class Shell:
    """ASGI middleware around the routes.

    A base path is taken off an address that has it; a proxy may have taken it off before.
    """

    def __init__(self, app: ASGIApp, base_path: str, version: Callable[[], str]) -> None:
        """Take the routes, the base path without a slash at its end, and the version of now."""
        self._app, self._base, self._version = app, base_path, version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the routes answer, with the common headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        version = self._version().encode()

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                kind = next((value for name, value in headers if name == b"content-type"), b"")
                is_page = kind.startswith(b"text/html")
                known = any(name == b"tipstat-version" for name, _ in headers) or not version
                said = [] if known else [(b"tipstat-version", version)]
                policies = [] if is_page else [(b"content-security-policy", _OTHER)]
                message["headers"] = [*headers, *_COMMON, *policies, *said]
            await send(message)

        handler = self._refused(scope) or self._app
        await handler(scope, receive, with_headers)

    def _refused(self, scope: Scope) -> Response | None:
        """Return the answer to what no route is asked; take the base path off the address."""
        raw = scope.get("raw_path") or scope["path"].encode()
        if scope["path"] == self._base != "":
            return RedirectResponse(f"{self._base}/", 308)
        if self._base and raw.startswith(f"{self._base}/".encode()):
            raw = raw[len(self._base) :]
            scope["path"] = scope["path"][len(self._base) :]
        scope["raw_path"] = raw
        if len(raw) + len(scope["query_string"]) > MAX_TARGET:
            reason = f"the address is longer than {MAX_TARGET:,} bytes; ask for less at a time"
            return http.plain_response(refusal.answer(scope["path"], 414, reason), {})
        if scope["method"] == "OPTIONS":
            return Response(status_code=204, headers=_PREFLIGHT)
        if scope["method"] not in ("GET", "HEAD"):
            reason = f"{scope['method'][:20]} is not offered: figures are only read"
            answer = refusal.answer(scope["path"], 405, reason)
            return http.plain_response(answer, {"allow": _ALLOWED})
        return None
