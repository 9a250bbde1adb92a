"""Channels of alerts: mail, webhook, file. `pipelines/lib/settings.py` names their variables."""

import json
import smtplib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Final

from pipelines.lib.settings import Alerts

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


def configured(settings: Alerts) -> Iterator[tuple[str, Callable[[Alert], None]]]:
    """Yield the channels that are set: a name and a function that sends."""
    if settings.smtp:
        yield "mail (TIPSTAT_ALERT_SMTP)", partial(_mail, settings)
    if settings.webhook:
        yield "webhook (TIPSTAT_ALERT_WEBHOOK)", partial(_post, settings.webhook)
    if settings.file:
        yield "file (TIPSTAT_ALERT_FILE)", partial(_append, Path(settings.file))


def _mail(settings: Alerts, alert: Alert) -> None:
    message = EmailMessage()
    message["Subject"] = alert.subject
    message["From"] = _needed("TIPSTAT_ALERT_FROM", settings.sender)
    message["To"] = _needed("TIPSTAT_ALERT_TO", settings.recipients)
    message.set_content(alert.text)
    host, _, port = settings.smtp.partition(":")
    user = settings.user
    try:
        with smtplib.SMTP(host, int(port or 25), timeout=_SECONDS) as server:
            server.ehlo()
            if user:  # a password goes out encrypted only, to the server that a certificate names
                server.starttls(context=ssl.create_default_context())
                server.login(user, _needed("TIPSTAT_ALERT_PASSWORD", settings.password))
            elif server.has_extn("starttls"):
                server.starttls()
            server.send_message(message)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise ChannelError(f"the mail server did not accept it ({type(error).__name__})") from error


def _post(webhook: str, alert: Alert) -> None:
    import httpx  # importing it takes longer than most verbs

    text = f"*{alert.subject}*\n{alert.text}"
    try:
        answer = httpx.post(webhook, json={"text": text}, timeout=_SECONDS)
        answer.raise_for_status()
    except httpx.HTTPStatusError as error:
        raise ChannelError(f"the server answered {error.response.status_code}") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ChannelError(f"the server could not be reached ({type(error).__name__})") from error


def _append(path: Path, alert: Alert) -> None:
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(alert), ensure_ascii=False) + "\n")
    except OSError as error:
        raise ChannelError(f"the file cannot be written ({error.strerror})") from error


def _needed(variable: str, value: str) -> str:
    if not value:
        raise ChannelError(f"{variable} is not set")
    return value
