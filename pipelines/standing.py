"""What is published now, and whether it was made from the inputs at hand."""

from pipelines import manifest, paths, store
from pipelines.versions import publish, version


def nothing_changed() -> bool:
    """Return whether raw files and code are as the last run left them.

    What was made of them is taken at its word: its manifest is read, its files are not.
    """
    if manifest.damaged(manifest.entries()):
        return False
    if any(release.held_back for release in store.releases(paths.harmonised())):
        return False
    return is_served()


def is_rolled_back() -> bool:
    """Return whether what the inputs at hand give was published and taken back."""
    return publish.is_rolled_back(store.made_from(paths.harmonised()))


def after_failure() -> str:
    """What a reader finds after a run in which something failed."""
    if version.current() is None:
        return "Nothing is published."
    if not is_served():
        return "The previous warehouse, pages and extracts stay as they were."
    if not any(release.held_back for release in store.releases(paths.harmonised())):
        return "All figures are published, as they were read from the files when these were sound."
    return "What is held back is not published; everything else is."


def is_served() -> bool:
    """Return whether readers see what the inputs at hand give."""
    now = version.current()
    return now is not None and now.made_from == store.made_from(paths.harmonised())
