"""What is published now, and whether it was made from the inputs at hand."""

from pipelines.harmonised import release_files
from pipelines.lib import paths
from pipelines.published.versions import gate, links, publish, version
from pipelines.raw import manifest


def nothing_changed() -> bool:
    """Return whether raw files, harmonised files and code are as the last run left them.

    What readers see is taken at its word: that its files are there, and of which size, is looked
    at, their bytes are not.
    """
    if manifest.damaged(manifest.entries()):
        return False
    if any(
        each.held_back or each.is_damaged for each in release_files.releases(paths.harmonised())
    ):
        return False
    return is_served()


def is_rolled_back() -> bool:
    """Return whether what the inputs at hand give was published and taken back."""
    return publish.is_rolled_back(release_files.made_from(paths.harmonised()))


def after_failure() -> str:
    """What a reader finds after a run in which something failed."""
    if version.current() is None:
        return "Nothing is published."
    if not is_served():
        return "The previous warehouse, pages and extracts stay as they were."
    if not any(release.held_back for release in release_files.releases(paths.harmonised())):
        return "All figures are published, as they were read from the files when these were sound."
    return "What is held back is not published; everything else is."


def is_served() -> bool:
    """Return whether readers see what the inputs at hand give, and all of it."""
    now = version.current()
    return now is not None and gate.is_standing(now, release_files.made_from(paths.harmonised()))


def mend_links() -> None:
    """Leads readers into the current version wherever a link is gone or leads elsewhere."""
    if now := version.current():
        links.lead(now)


def damage() -> str:
    """What is gone of the version that readers see, in a line; "" if nothing is."""
    now = version.current()
    said = links.astray() if now is None else version.lacking(now)
    more = f" (and {len(said) - 1:,} more)" if len(said) > 1 else ""
    return f"{said[0]}{more}" if said else ""
