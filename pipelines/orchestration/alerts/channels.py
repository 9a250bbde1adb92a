"""Channels of alerts: mail, webhook, file. Environment variables configure each.

| channel | variables |
|---|---|
| mail | `TIPSTAT_ALERT_SMTP` (host:port), `TIPSTAT_ALERT_FROM`, `TIPSTAT_ALERT_TO` (separated by commas); `TIPSTAT_ALERT_USER` and `TIPSTAT_ALERT_PASSWORD` if the server requires them |
| webhook | `TIPSTAT_ALERT_WEBHOOK`: address that accepts Slack's `{"text": ...}` |
| file | `TIPSTAT_ALERT_FILE`: one line of JSON is appended for each alert |
"""  # noqa: E501  # a row of a table is a line

import json
import os
import smtplib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Final

_SECONDS: Final = 10
"""Timeout of a server."""


@dataclass(frozen=True)
class Alert:
    """One message: its time, its subject and its text."""

    moment: str
    subject: str
    text: str


class ChannelError(Exception):
    """A channel that cannot be used; its message holds no secret."""


def configured() -> Iterator[tuple[str, Callable[[Alert], None]]]:
    """Yield the channels that the environment configures: a name and a function that sends."""
    for name, variable, send in (
        ("mail", "TIPSTAT_ALERT_SMTP", _mail),
        ("webhook", "TIPSTAT_ALERT_WEBHOOK", _post),
        ("file", "TIPSTAT_ALERT_FILE", _append),
    ):
        if os.environ.get(variable):
            yield f"{name} ({variable})", send


def _mail(alert: Alert) -> None:
    message = EmailMessage()
    message["Subject"] = alert.subject
    message["From"] = _needed("TIPSTAT_ALERT_FROM")
    message["To"] = _needed("TIPSTAT_ALERT_TO")
    message.set_content(alert.text)
    host, _, port = os.environ["TIPSTAT_ALERT_SMTP"].partition(":")
    user = os.environ.get("TIPSTAT_ALERT_USER")
    try:
        with smtplib.SMTP(host, int(port or 25), timeout=_SECONDS) as server:
            if server.has_extn("starttls") or user:  # a password never goes out in the clear
                server.starttls()
            if user:
                server.login(user, _needed("TIPSTAT_ALERT_PASSWORD"))
            server.send_message(message)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise ChannelError(f"the mail server did not accept it ({type(error).__name__})") from error


def _post(alert: Alert) -> None:
    import httpx  # importing it takes longer than most verbs

    text = f"*{alert.subject}*\n{alert.text}"
    try:
        answer = httpx.post(
            os.environ["TIPSTAT_ALERT_WEBHOOK"], json={"text": text}, timeout=_SECONDS
        )
        answer.raise_for_status()
    except httpx.HTTPStatusError as error:
        raise ChannelError(f"the server answered {error.response.status_code}") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ChannelError(f"the server could not be reached ({type(error).__name__})") from error


def _append(alert: Alert) -> None:
    try:
        with Path(os.environ["TIPSTAT_ALERT_FILE"]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(alert), ensure_ascii=False) + "\n")
    except OSError as error:
        raise ChannelError(f"the file cannot be written ({error.strerror})") from error


def _needed(variable: str) -> str:
    value = os.environ.get(variable)
    if not value:
        raise ChannelError(f"{variable} is not set")
    return value
