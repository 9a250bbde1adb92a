"""Settings from environment variables. No other module reads them.

| variable | meaning | if it is not set |
|---|---|---|
| `TIPSTAT_HOME` | the project folder, with `data` in it | the current folder |
| `TIPSTAT_BASE_URL` | address at which the pages are published | no absolute addresses |
| `TIPSTAT_CONTACT` | mail address to which readers report errors in the pages | none is named |
| `TIPSTAT_WORKERS` | processes that share a large step; each takes 300 MB | 2; 1 on one processor |
| `TIPSTAT_PORT` | port of Dagster's web interface on this machine | 3000 |
| `TIPSTAT_POSTGRES` | PostgreSQL of Dagster's history, which then also holds the locks | files |
| `TIPSTAT_ALERT_SMTP` | mail server (host:port) | no mail |
| `TIPSTAT_ALERT_FROM`, `TIPSTAT_ALERT_TO` | sender; recipients, separated by commas | no mail |
| `TIPSTAT_ALERT_USER`, `TIPSTAT_ALERT_PASSWORD` | if the mail server requires them | no login |
| `TIPSTAT_ALERT_WEBHOOK` | address that accepts Slack's `{"text": ...}` | no webhook |
| `TIPSTAT_ALERT_FILE` | file to which a line of JSON is appended for each alert | no file |
| `TMPDIR` | the system's: folder for temporary files, also of case records | `/tmp` |
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.lib.errors import TipstatError


class SettingError(TipstatError):
    """An environment variable with an invalid value."""


@dataclass(frozen=True)
class Alerts:
    """Channels of alerts; an empty one is not used."""

    smtp: str = ""
    sender: str = ""
    recipients: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    webhook: str = field(default="", repr=False)
    file: str = ""


def home() -> Path:
    """Return the project folder."""
    return Path(_text("TIPSTAT_HOME") or Path.cwd())


@contextmanager
def elsewhere(folder: Path) -> Iterator[None]:
    """Let this process take another folder for the project, until the block ends."""
    before = os.environ.get("TIPSTAT_HOME", "")
    os.environ["TIPSTAT_HOME"] = str(folder)
    try:
        yield
    finally:
        os.environ["TIPSTAT_HOME"] = before


def names_home() -> bool:
    """Return whether `TIPSTAT_HOME` names the project folder, perhaps one that is yet to be."""
    return bool(_text("TIPSTAT_HOME"))


def base_url() -> str:
    """Return the address at which the pages are published; "" if they have none."""
    return _text("TIPSTAT_BASE_URL")


def contact() -> str:
    """Return the mail address that the pages name; "" if they name none.

    Raises:
        SettingError: the value is not a mail address.
    """
    text = _text("TIPSTAT_CONTACT")
    if text and not re.fullmatch(r"[\w.+-]+@[\w.-]+", text):
        raise SettingError(f"TIPSTAT_CONTACT is '{text}'; set it to a mail address")
    return text


def workers() -> int:
    """Return the number of processes that share the work of a large step.

    Raises:
        SettingError: the value is not a whole number of 1 or more.
    """
    text = _text("TIPSTAT_WORKERS") or str(min(2, os.cpu_count() or 1))
    if not text.isdecimal() or int(text) < 1:
        raise SettingError(f"TIPSTAT_WORKERS is '{text}'; set it to a number of 1 or more")
    return int(text)


def port() -> int:
    """Return the port of Dagster's web interface.

    Raises:
        SettingError: the value is not the number of a port.
    """
    text = _text("TIPSTAT_PORT") or "3000"
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise SettingError(f"TIPSTAT_PORT is '{text}'; set it to a number from 1 to 65535")
    return int(text)


def refuse_missing_temporary_folder() -> None:
    """Refuse a folder for temporary files that is not there: Python would take another one.

    Raises:
        SettingError: it is not there.
    """
    if (folder := _text("TMPDIR")) and not Path(folder).is_dir():
        raise SettingError(f"TMPDIR is '{folder}', which is no folder; make it, or unset TMPDIR")


def postgres() -> str:
    """Return the address of PostgreSQL; "" if Dagster's history is in files."""
    return _text("TIPSTAT_POSTGRES")


def alerts() -> Alerts:
    """Return the channels of alerts."""
    return Alerts(
        smtp=_text("TIPSTAT_ALERT_SMTP"),
        sender=_text("TIPSTAT_ALERT_FROM"),
        recipients=_text("TIPSTAT_ALERT_TO"),
        user=_text("TIPSTAT_ALERT_USER"),
        password=_text("TIPSTAT_ALERT_PASSWORD"),
        webhook=_text("TIPSTAT_ALERT_WEBHOOK"),
        file=_text("TIPSTAT_ALERT_FILE"),
    )


def _text(variable: str) -> str:
    return os.environ.get(variable, "")
