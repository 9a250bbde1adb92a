"""The whole common standard as PDF, one per version and language, printed by a browser."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipelines.lib import progress
from pipelines.published.kept import Kept, made_from
from pipelines.published.site import context
from pipelines.published.site.pages import standard

Print = Callable[[Sequence[Path]], Sequence[bytes | None]]
"""Prints pages as PDF; None for one that could not be printed. It raises nothing."""


def printed(
    site: context.Site, shared: Sequence[context.File], print_pages: Print, kept: Kept
) -> Iterator[context.File]:
    """Yield the PDF of each language: the earlier one if its page is the same.

    A language whose page cannot be printed has none until the next version, and its pages name
    none: no build fails for a PDF.

    Args:
        site: what all pages share.
        shared: the style sheets and scripts that the page needs.
        print_pages: what prints.
        kept: the files of the version before.
    """
    style = [content for path, content in shared if path.endswith(".css")]
    anew: dict[str, context.File] = {}
    for language in site.languages:
        for pdf_path, page in standard.documents(site.in_language(language), language):
            path = f"{language.code}/{pdf_path}"
            if earlier := kept.file(path, made_from(page, style)):
                yield path, earlier.read_bytes()
            else:
                anew[path] = page
    if not anew:
        return
    progress.report("the common standard as PDF")
    with tempfile.TemporaryDirectory() as folder:
        for path, content in (*shared, *anew.values()):
            place = Path(folder) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if isinstance(content, bytes) else content.encode())
        made = print_pages([Path(folder) / path for path, _ in anew.values()])
    for path, pdf in zip(anew, made, strict=True):
        if pdf is None:
            del kept.made_from[path]
        else:
            yield path, pdf
