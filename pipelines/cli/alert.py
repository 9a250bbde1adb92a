"""Alerts that verbs send to operators."""

from pipelines.lib import settings
from pipelines.lib.console import err, plain
from pipelines.published.versions import status


def alert_operators(failures: list[str]) -> None:
    """Send an alert about failures; warn of each channel that fails, and go on."""
    if settings.alerts() == settings.Alerts():
        return
    from pipelines.orchestration.alerts.send import send_alert  # it imports the sources

    now = status.after_failure() if failures else ""
    for fault in send_alert(failures, now, settings.alerts()):
        err.print(f"warning: {plain(fault)}")
