"""What is asked of the service and what it answers, free of any web framework."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ask:
    """A request: path and query as sent (not decoded), the Accept and Accept-Language headers, and the service's address."""

    path: str
    query: str = ""
    accept: str = ""
    accept_language: str = ""
    base_url: str = ""


@dataclass(frozen=True)
class Answer:
    """What goes out: status, media type, body, and headers beside those that every answer has."""

    status: int
    media_type: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
