"""What the service refuses, and the error messages of both versions of SDMX REST."""

from http import HTTPStatus
from typing import Final
from xml.sax.saxutils import escape

import orjson

from pipelines.published.extracts.sdmx.structure import AGENCY
from pipelines.serve.message import Answer

NO_RESULTS: Final = 404
_CODES: Final = {404: 100, 413: 130, 501: 501}
"""SDMX's codes of errors by status, in 1.x; of others that of a syntax error."""
_SYNTAX: Final = 140
_V21: Final = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"


class Refused(Exception):  # noqa: N818  # no error of ours: an answer
    """A request that is not answered with what it asks for.

    Attributes:
        status: of HTTP: 400 for what cannot be read, 404 for no results, 406, 413, 501.
        reason: what is wrong and what there is instead, in one line.
    """

    def __init__(self, status: int, reason: str) -> None:
        """Take the status and the reason."""
        self.status, self.reason = status, reason
        super().__init__(reason)


def shown(text: str) -> str:
    """Return what was sent as an error may repeat it: short, quoted, and without line breaks."""
    return ascii(text[:60])


def answer(refused: Refused, *, is_1x: bool) -> Answer:
    """Return the message: SDMX-ML 2.1 in 1.x, JSON in 2.x, where no results have no body."""
    status, reason = refused.status, refused.reason
    if is_1x:
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<mes:Error xmlns:mes="{_V21}/message" xmlns:com="{_V21}/common">'
            f'<mes:ErrorMessage code="{_CODES.get(status, _SYNTAX)}">'
            f'<com:Text xml:lang="en">{escape(reason)}</com:Text>'
            "</mes:ErrorMessage></mes:Error>\n"
        )
        return Answer(status, "application/xml", body.encode())
    if status == NO_RESULTS:
        return Answer(HTTPStatus.NO_CONTENT, "application/json")
    error = {"code": status, "title": reason, "titles": {"en": reason}}
    head = {"id": AGENCY, "test": False, "contentLanguages": ["en"], "sender": {"id": AGENCY}}
    return Answer(status, "application/json", orjson.dumps({"meta": head, "errors": [error]}))
