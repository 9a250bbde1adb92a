"""Send alerts about what went wrong in a run."""

import socket
from collections.abc import Sequence
from datetime import UTC, datetime

from pipelines.lib.settings import Alerts
from pipelines.orchestration.alerts import causes, channels


def send_alert(failures: Sequence[str], status: str, settings: Alerts) -> list[str]:
    """Send one alert with every cause not sent yet, by each channel that `settings` name.

    `failures` are the messages of a run, `status` describes what readers see now. Causes that no
    channel accepted are sent again the next time.

    Returns the channels that failed, one line each: a run does not fail because an alert did.
    """
    configured = list(channels.configured(settings))
    if not configured:
        return []
    now = datetime.now(tz=UTC)
    found = [*causes.of_failures(failures, now.date()), *causes.of_age(now.date())]
    new = causes.unsent(found)
    if not new:
        return []
    count = "1 thing needs" if len(new) == 1 else f"{len(new)} things need"
    alert = channels.Alert(
        now.isoformat(timespec="seconds"),
        f"tipstat on {socket.gethostname()}: {count} attention",
        "\n".join([*(f"- {cause.text}" for cause in new), "", status]).strip(),
    )
    faults = []
    for name, send in configured:
        try:
            send(alert)
        except channels.ChannelError as error:
            faults.append(f"no alert by {name}: {error}")
    if len(faults) < len(configured):
        causes.record(new)
    return faults
