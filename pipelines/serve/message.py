"""What is asked of the service and what it answers, free of any web framework."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ask:
    """A request.

    Attributes:
        path: the path as sent, not decoded.
        query: likewise, without its question mark.
        accept: the header Accept.
        accept_language: the header Accept-Language.
        base_url: the address of the service.
    """

    path: str
    query: str = ""
    accept: str = ""
    accept_language: str = ""
    base_url: str = ""


@dataclass(frozen=True)
class Answer:
    """An answer: status, media type, body, and headers beside those that every answer has."""

    status: int
    media_type: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
