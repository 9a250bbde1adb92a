"""Refusals of the service: status, reason, and a body in the form that an address has."""

import json

from pipelines.serve.message import Answer

RETRY_SECONDS = 2
"""What `Retry-After` says."""

_SDMX_1 = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<mes:Error'
    ' xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"'
    ' xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">'
    '<mes:ErrorMessage code="{code}"><com:Text xml:lang="en">{reason}</com:Text>'
    "</mes:ErrorMessage></mes:Error>\n"
)
_SDMX_CODES = {404: 100, 413: 130, 501: 501, 503: 503}
"""Codes of SDMX REST for statuses; 140 (syntax) for those of a wrong request, else 500."""


class RefusedError(Exception):
    """A request that is not answered, or not now."""

    def __init__(self, status: int, reason: str) -> None:
        """Take the HTTP status, and a reason that tells the reader what to do."""
        super().__init__(reason)
        self.status, self.reason = status, reason


def answer(path: str, status: int, reason: str) -> Answer:
    """Return a refusal as an answer: for SDMX and /api/v1 in their forms, else as plain text."""
    headers = {"cache-control": "no-store"}
    if status == 503:
        headers["retry-after"] = str(RETRY_SECONDS)
    if path.startswith("/sdmx/v1"):
        code = _SDMX_CODES.get(status, 500 if status >= 500 else 140)
        text = reason.replace("&", "&amp;").replace("<", "&lt;")
        body = _SDMX_1.format(code=code, reason=text).encode()
        return Answer(status, "application/xml", body, headers)
    if path.startswith(("/sdmx/", "/api/")):
        said = {"errors": [{"code": status, "title": reason}]}
        return Answer(status, "application/json", json.dumps(said).encode(), headers)
    return Answer(status, "text/plain; charset=utf-8", f"{status}: {reason}\n".encode(), headers)


def shown(text: str) -> str:
    """Return what was sent as a refusal may repeat it: short, quoted, without line breaks."""
    return ascii(text[:60])
