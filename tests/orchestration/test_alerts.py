"""Alerts to a real mail server, a real web server and a file: sent once, without secrets."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from misbehaving_server import make_certificate

from pipelines.lib import paths, settings
from pipelines.orchestration.alerts import causes
from pipelines.orchestration.alerts.send import send_alert

FAULT = "int_x 2025-01-01: columns differ; look at the publisher's file"


Mailbox = list[Message]


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch, socket_enabled: None) -> Iterator[Mailbox]:
    """Messages that a mail server on this machine received, which knows no encryption."""
    with mail_server(monkeypatch) as got:
        yield got


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Key and certificate of this machine, which no authority signed."""
    return make_certificate(tmp_path / "both.pem")


@pytest.fixture
def encrypted(
    monkeypatch: pytest.MonkeyPatch, socket_enabled: None, certificate: Path
) -> Iterator[Mailbox]:
    """Messages that a mail server received which asks for encryption and a password."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    asks = {"tls_context": tls, "require_starttls": True, "auth_required": True}
    with mail_server(monkeypatch, **asks, authenticator=_authenticated) as got:
        monkeypatch.setenv("TIPSTAT_ALERT_USER", "user")
        monkeypatch.setenv("TIPSTAT_ALERT_PASSWORD", "SECRET")
        yield got


def _authenticated(_server, _session, _envelope, _mechanism, login: LoginPassword) -> AuthResult:
    return AuthResult(success=(login.login, login.password) == (b"user", b"SECRET"))


@contextmanager
def mail_server(monkeypatch: pytest.MonkeyPatch, **asks: object) -> Iterator[Mailbox]:
    """Start a mail server, to which alerts go; yield what it received."""
    got: Mailbox = []

    class Handler:
        async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
            got.append(message_from_bytes(envelope.content, policy=default))
            return "250 OK"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port, **asks)
    controller.start()
    monkeypatch.setenv("TIPSTAT_ALERT_SMTP", f"127.0.0.1:{port}")
    monkeypatch.setenv("TIPSTAT_ALERT_FROM", "tipstat@example.org")
    monkeypatch.setenv("TIPSTAT_ALERT_TO", "team@example.org, other@example.org")
    try:
        yield got
    finally:
        controller.stop()


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch, socket_enabled: None) -> Iterator[dict]:
    """Requests that a web server on this machine received, and the status it answers."""
    seen: dict = {"status": 200, "got": []}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen["got"].append(json.loads(body))
            self.send_response(seen["status"])
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/services/SECRET"
    monkeypatch.setenv("TIPSTAT_ALERT_WEBHOOK", address)
    yield seen
    server.shutdown()
    thread.join()
    server.server_close()


def test_one_alert_with_everything_by_every_channel(
    none_overdue, sent, mailbox: list[Message], hook: dict
) -> None:
    assert (
        send_alert([FAULT, "other: gone", FAULT], "The previous version stays.", settings.alerts())
        == []
    )
    [alert] = sent()
    assert alert["subject"].endswith(": 2 things need attention")
    assert alert["text"] == f"- {FAULT}\n- other: gone\n\nThe previous version stays."
    [mail] = mailbox
    assert mail["To"] == "team@example.org, other@example.org"
    assert mail["Subject"] == alert["subject"]
    assert mail.get_content().replace("\r\n", "\n").strip() == alert["text"]
    [posted] = hook["got"]
    assert posted == {"text": f"*{alert['subject']}*\n{alert['text']}"}


def test_a_cause_is_sent_once_a_day(none_overdue, sent) -> None:
    send_alert([FAULT], "", settings.alerts())
    send_alert([FAULT], "", settings.alerts())
    send_alert([FAULT, "new: gone"], "", settings.alerts())
    assert [alert["text"] for alert in sent()] == [f"- {FAULT}", "- new: gone"]
    tomorrow = causes.of_failures([FAULT], date(2099, 1, 1))
    assert causes.unsent(tomorrow) == tomorrow


def test_without_a_channel_nothing_is_sent_or_recorded(small_project: Path) -> None:
    assert send_alert([FAULT], "", settings.alerts()) == []
    assert not paths.sent_alerts().exists()


def test_a_run_without_failures_sends_nothing(none_overdue, sent) -> None:
    assert send_alert([], "", settings.alerts()) == []
    assert sent() == []


def test_what_no_channel_accepted_is_sent_again(none_overdue, hook: dict) -> None:
    hook["status"] = 503
    assert send_alert([FAULT], "", settings.alerts()) == [
        "no alert by webhook (TIPSTAT_ALERT_WEBHOOK): the server answered 503"
    ]
    hook["status"] = 200
    assert send_alert([FAULT], "", settings.alerts()) == []
    assert len(hook["got"]) == 2


def test_one_channel_that_fails_does_not_silence_the_others(none_overdue, sent, hook: dict) -> None:
    hook["status"] = 500
    assert len(send_alert([FAULT], "", settings.alerts())) == 1
    assert len(sent()) == 1
    assert send_alert([FAULT], "", settings.alerts()) == [], "one of them accepted it"


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"TIPSTAT_ALERT_WEBHOOK": "http://127.0.0.1:1/SECRET"}, "could not be reached"),
        ({"TIPSTAT_ALERT_WEBHOOK": "SECRET"}, "could not be reached"),
        ({"TIPSTAT_ALERT_SMTP": "127.0.0.1:1", "TIPSTAT_ALERT_FROM": "a@example.org",
          "TIPSTAT_ALERT_TO": "b@example.org", "TIPSTAT_ALERT_USER": "u",
          "TIPSTAT_ALERT_PASSWORD": "SECRET"}, "did not accept it"),
        ({"TIPSTAT_ALERT_SMTP": "127.0.0.1:x", "TIPSTAT_ALERT_FROM": "a@example.org",
          "TIPSTAT_ALERT_TO": "b@example.org"}, "did not accept it"),
        ({"TIPSTAT_ALERT_SMTP": "127.0.0.1:1"}, "TIPSTAT_ALERT_FROM is not set"),
        ({"TIPSTAT_ALERT_FILE": "/nowhere/SECRET/file"}, "cannot be written"),
    ],
)  # fmt: skip
def test_a_channel_that_does_not_work_is_named_without_its_secret(
    none_overdue,
    socket_enabled,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    words: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    [fault] = send_alert([FAULT], "", settings.alerts())
    assert words in fault
    assert "SECRET" not in fault


def test_a_password_does_not_go_out_in_the_clear(
    none_overdue, mailbox: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server of the test offers no encryption."""
    monkeypatch.setenv("TIPSTAT_ALERT_USER", "user")
    monkeypatch.setenv("TIPSTAT_ALERT_PASSWORD", "SECRET")
    [fault] = send_alert([FAULT], "", settings.alerts())
    assert "did not accept it" in fault
    assert mailbox == []


def test_a_password_goes_to_a_server_whose_certificate_holds_alone(
    none_overdue, encrypted: Mailbox, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [fault] = send_alert([FAULT], "", settings.alerts())
    assert "SSLCertVerificationError" in fault
    assert encrypted == []
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    assert send_alert([FAULT], "", settings.alerts()) == []
    assert len(encrypted) == 1


def test_an_overdue_source_raises_an_alert_once_a_week(small_project: Path) -> None:
    old = causes.of_age(date(2035, 3, 1))
    [canada] = [each for each in old if each.text.startswith("can_sdg: ")]
    assert "no release since 2026-03-10" in canada.text
    assert "tipstat fetch can_sdg" in canada.text
    assert canada.period == causes.of_age(date(2035, 3, 2))[0].period
    assert canada.period != causes.of_age(date(2035, 3, 9))[0].period
    fresh = causes.of_age(date(2026, 4, 1))
    assert not [each for each in fresh if each.text.startswith("can_sdg: ")]
