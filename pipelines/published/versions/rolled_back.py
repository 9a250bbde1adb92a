"""Publish an earlier version again, and note which ones were rolled back."""

from pipelines.lib import paths
from pipelines.lib.atomic import replace_text
from pipelines.published.versions import checksum, links
from pipelines.published.versions.version import Version, VersionError, named, versions


def rollback(identity: str) -> Version:
    """Publish an earlier version again, or a later one.

    Newer versions are not published again until the inputs change.

    Raises:
        VersionError: there is no such version, or its files were changed since publication.
    """
    chosen = named(identity)
    if damaged := checksum.faults(chosen):
        raise VersionError("\n".join(damaged))
    newer = {each.made_from for each in versions() if each.id > chosen.id}
    noted = (_rolled_back() | newer) - {chosen.made_from}
    replace_text(paths.rolled_back(), "\n".join(sorted(noted)))
    links.lead(chosen)
    return chosen


def is_rolled_back(made_from: str) -> bool:
    """Return whether the version of these inputs was published and rolled back."""
    return made_from in _rolled_back()


def _rolled_back() -> set[str]:
    file = paths.rolled_back()
    if not file.is_file():
        return set()
    return set(file.read_text(encoding="utf-8", errors="replace").split())
