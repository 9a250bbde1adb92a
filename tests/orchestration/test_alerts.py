"""Alerts, to a real mail server, a real web server and a file: told, told once, no secret told."""

import json
import socket
import threading
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from command import tipstat

from pipelines.lib import paths
from pipelines.orchestration.alerts import causes
from pipelines.orchestration.alerts.send import tell

FAULT = "int_x 2025-01-01: columns differ; look at the publisher's file"


@pytest.fixture
def home(project: Path) -> Path:
    return project


@pytest.fixture
def quiet(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No source is old on the day of the test."""
    monkeypatch.setattr(causes, "_LATE", 10_000)


@pytest.fixture
def file(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = home / "alerts.jsonl"
    monkeypatch.setenv("TIPSTAT_ALERT_FILE", str(place))
    return place


def lines(file: Path) -> list[dict[str, str]]:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch, socket_enabled: None) -> Iterator[list[Message]]:
    """What a mail server on this machine was given."""
    got: list[Message] = []

    class Handler:
        async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
            got.append(message_from_bytes(envelope.content, policy=default))
            return "250 OK"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("TIPSTAT_ALERT_SMTP", f"127.0.0.1:{port}")
    monkeypatch.setenv("TIPSTAT_ALERT_FROM", "tipstat@example.org")
    monkeypatch.setenv("TIPSTAT_ALERT_TO", "team@example.org, other@example.org")
    yield got
    controller.stop()


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch, socket_enabled: None) -> Iterator[dict]:
    """What a web server on this machine was given, and what it answers."""
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
    quiet, file: Path, mailbox: list[Message], hook: dict
) -> None:
    assert tell([FAULT, "other: gone", FAULT], "The previous version stays.") == []
    [line] = lines(file)
    assert line["subject"].endswith(": 2 things need a look")
    assert line["text"] == f"- {FAULT}\n- other: gone\n\nThe previous version stays."
    [mail] = mailbox
    assert mail["To"] == "team@example.org, other@example.org"
    assert mail["Subject"] == line["subject"]
    assert mail.get_content().replace("\r\n", "\n").strip() == line["text"]
    [posted] = hook["got"]
    assert posted == {"text": f"*{line['subject']}*\n{line['text']}"}


def test_a_cause_is_told_once_a_day(quiet, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tell([FAULT], "")
    tell([FAULT], "")
    tell([FAULT, "new: gone"], "")
    assert [line["text"] for line in lines(file)] == [f"- {FAULT}", "- new: gone"]
    tomorrow = causes.of_failures([FAULT], date(2099, 1, 1))
    assert causes.untold(tomorrow) == tomorrow


def test_without_a_channel_nothing_is_sent_or_remembered(home: Path) -> None:
    assert tell([FAULT], "") == []
    assert not paths.told_alerts().exists()


def test_when_all_is_well_nobody_is_told(quiet, file: Path) -> None:
    assert tell([], "") == []
    assert lines(file) == []


def test_what_no_channel_took_is_told_again(quiet, hook: dict) -> None:
    hook["status"] = 503
    assert tell([FAULT], "") == [
        "no alert by webhook (TIPSTAT_ALERT_WEBHOOK): the server answered 503"
    ]
    hook["status"] = 200
    assert tell([FAULT], "") == []
    assert len(hook["got"]) == 2


def test_one_channel_that_fails_does_not_silence_the_others(quiet, file: Path, hook: dict) -> None:
    hook["status"] = 500
    assert len(tell([FAULT], "")) == 1
    assert len(lines(file)) == 1
    assert tell([FAULT], "") == [], "it was told, by one of them"


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"TIPSTAT_ALERT_WEBHOOK": "http://127.0.0.1:1/SECRET"}, "was not reached"),
        ({"TIPSTAT_ALERT_WEBHOOK": "SECRET"}, "was not reached"),
        ({"TIPSTAT_ALERT_SMTP": "127.0.0.1:1", "TIPSTAT_ALERT_FROM": "a@example.org",
          "TIPSTAT_ALERT_TO": "b@example.org", "TIPSTAT_ALERT_USER": "u",
          "TIPSTAT_ALERT_PASSWORD": "SECRET"}, "did not take it"),
        ({"TIPSTAT_ALERT_SMTP": "127.0.0.1:x", "TIPSTAT_ALERT_FROM": "a@example.org",
          "TIPSTAT_ALERT_TO": "b@example.org"}, "did not take it"),
        ({"TIPSTAT_ALERT_SMTP": "127.0.0.1:1"}, "TIPSTAT_ALERT_FROM is not set"),
        ({"TIPSTAT_ALERT_FILE": "/nowhere/SECRET/file"}, "cannot be written"),
    ],
)  # fmt: skip
def test_a_channel_that_does_not_work_is_named_without_its_secret(
    quiet, socket_enabled, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], words: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    [fault] = tell([FAULT], "")
    assert words in fault
    assert "SECRET" not in fault


def test_a_password_does_not_go_out_in_the_clear(
    quiet, mailbox: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server of the test offers no encryption."""
    monkeypatch.setenv("TIPSTAT_ALERT_USER", "user")
    monkeypatch.setenv("TIPSTAT_ALERT_PASSWORD", "SECRET")
    [fault] = tell([FAULT], "")
    assert "did not take it" in fault
    assert mailbox == []


def test_a_source_without_a_new_release_is_told_once_a_week(home: Path) -> None:
    old = causes.of_age(date(2035, 3, 1))
    [glotip] = [each for each in old if each.text.startswith("int_unodc_glotip: ")]
    assert "no release since 2025-04-14" in glotip.text
    assert "tipstat fetch int_unodc_glotip" in glotip.text
    assert glotip.period == causes.of_age(date(2035, 3, 2))[0].period
    assert glotip.period != causes.of_age(date(2035, 3, 9))[0].period
    fresh = causes.of_age(date(2025, 5, 1))
    assert not [each for each in fresh if each.text.startswith("int_unodc_glotip: ")]


@pytest.mark.slow
def test_a_run_that_holds_a_release_back_tells_it(home: Path, file: Path) -> None:
    (home / "data/raw/int_unodc_glotip/2025-04-14.csv").unlink()
    assert tipstat("run", home=home).returncode == 1
    [line] = lines(file)
    assert "2025-04-14.csv: in the manifest, but not in the folder" in line["text"]
    assert line["text"].endswith("What is held back is not published; everything else is.")
