"""Tells those who run this what a run left wrong."""

import socket
from collections.abc import Sequence
from datetime import UTC, datetime

from pipelines.orchestration.alerts import causes, channels


def tell(failures: Sequence[str], standing: str) -> list[str]:
    """Sends one alert with all that was not told yet, by each channel that is chosen.

    `failures` are the lines of a run, `standing` what readers see now. What no channel took is
    told again the next time.

    Returns what a channel could not do, a line each: a run does not fail because nobody hears it.
    """
    chosen = list(channels.chosen())
    now = datetime.now(tz=UTC)
    new = causes.untold(
        [*causes.of_failures(failures, now.date()), *causes.of_age(now.date())] if chosen else []
    )
    if not new:
        return []
    count = "1 thing needs" if len(new) == 1 else f"{len(new)} things need"
    alert = channels.Alert(
        now.isoformat(timespec="seconds"),
        f"tipstat on {socket.gethostname()}: {count} a look",
        "\n".join([*(f"- {each.text}" for each in new), "", standing]).strip(),
    )
    faults = []
    for name, send in chosen:
        try:
            send(alert)
        except channels.ChannelError as error:
            faults.append(f"no alert by {name}: {error}")
    if len(faults) < len(chosen):
        causes.note(new)
    return faults
