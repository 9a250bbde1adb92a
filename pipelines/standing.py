"""What is published now, and whether it was made from the inputs at hand."""

from pipelines import exports, fingerprint, manifest, paths, store, warehouse


def nothing_changed() -> bool:
    """Whether raw files and code are as the last run left them.

    What was made of them is taken at its word: its stamps are read, its files are not.
    """
    if manifest.damaged(manifest.entries()):
        return False
    if any(release.held_back for release in store.releases(paths.harmonised())):
        return False
    return warehouse.is_current(paths.harmonised(), paths.warehouse()) and _readers_are_served()


def after_failure() -> str:
    """What a reader finds after a run in which something failed."""
    if not paths.warehouse().is_file():
        return "Nothing is published."
    if not warehouse.is_current(paths.harmonised(), paths.warehouse()):
        return "The previous warehouse, pages and extracts stay as they were."
    if not _readers_are_served():
        return "The warehouse is new; the pages or the extracts are not, or not all."
    if not any(release.held_back for release in store.releases(paths.harmonised())):
        return "All figures are published, as they were read from the files when these were sound."
    return "What is held back is not published; everything else is."


def _readers_are_served() -> bool:
    """Whether pages and extracts are those of the inputs at hand."""
    made_from = store.made_from(paths.harmonised())
    return fingerprint.is_on(paths.site_stamp(), made_from) and exports.are_current(
        paths.extracts(), made_from
    )
