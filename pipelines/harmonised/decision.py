"""A person's decision about a release, entered from the command line or from Dagster."""

from pipelines.harmonised.release_files import Release
from pipelines.lib import did_you_mean, paths
from pipelines.raw import manifest, reviews
from pipelines.raw.reviews import Review, ReviewError


def decide(source: str, release: str, decision: str, reason: str, by: str) -> Review:
    """Enter a decision of today about a release; the caller holds the project's lock.

    Any release may be kept back, also one in use.

    Raises:
        ReviewError: there is no such release, reason or person, the table is invalid, or a release
            is accepted that nothing holds back.
    """
    found = known(source, release)
    before = reviews.last(source, release)
    is_kept = before is not None and before.decision == reviews.KEEP
    if decision == reviews.ACCEPT and not (is_kept or found.held_back):
        raise ReviewError(
            f"{source} {release} is not held back; 'tipstat review' lists what is, after a run"
        )
    return reviews.enter(source, release, decision, reason, by)


def known(source: str, release: str) -> Release:
    """Return a release that the manifest has.

    Raises:
        ReviewError: it has none such.
    """
    entries = manifest.entries()
    if source not in (sources := sorted({entry.source for entry in entries})):
        raise ReviewError(f"no source '{source}'; {did_you_mean.hint(source, sources)}")
    days = sorted({entry.release for entry in entries if entry.source == source})
    if release not in days:
        raise ReviewError(f"no release '{source} {release}'; {did_you_mean.hint(release, days)}")
    return Release(paths.harmonised(), source, release)
