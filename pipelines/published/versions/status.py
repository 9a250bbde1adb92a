"""Status of the published version: is it complete, and made from the inputs at hand?"""

from pipelines.harmonised import release_files
from pipelines.lib import paths
from pipelines.published.versions import complete, links, packed, rolled_back, version
from pipelines.raw import manifest


def nothing_changed() -> bool:
    """Return whether raw files, harmonised files and code are as the last run left them.

    Of published files only existence and size are checked, not their bytes.
    """
    if manifest.damaged(manifest.entries()):
        return False
    if any(
        each.held_back or each.is_damaged for each in release_files.releases(paths.harmonised())
    ):
        return False
    return is_served()


def is_rolled_back() -> bool:
    """Return whether the version of the inputs at hand was published and rolled back."""
    return rolled_back.is_rolled_back(release_files.made_from(paths.harmonised()))


def after_failure() -> str:
    """Return a sentence on what readers find after a run in which something failed."""
    if version.current() is None:
        return "Nothing is published."
    if not is_served():
        return "The previous warehouse, pages and extracts stay as they were."
    if not any(release.held_back for release in release_files.releases(paths.harmonised())):
        return "All figures are published, as they were read from the files when these were sound."
    return "What is held back is not published; everything else is."


def is_served() -> bool:
    """Return whether the current version is complete and made from the inputs at hand."""
    now = version.current()
    return now is not None and complete.is_complete(
        now, release_files.made_from(paths.harmonised())
    )


def repair() -> None:
    """Restore links into the current version, and compress the warehouses that readers left."""
    if now := version.current():
        links.lead(now)
        packed.pack_all_but(now.folder)


def damage() -> str:
    """Return a line on what is missing of the current version; "" if nothing is."""
    now = version.current()
    faults = links.astray() if now is None else version.lacking(now)
    more = f" (and {len(faults) - 1:,} more)" if len(faults) > 1 else ""
    return f"{faults[0]}{more}" if faults else ""
