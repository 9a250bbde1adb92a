"""The list of pages for search engines, with the same page in other languages, and robots.txt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipelines.lib import templates

File = tuple[str, str]
"""Path below the site's folder, and content."""


def files(
    base_url: str, day: str, pages: Iterable[str], languages: Sequence[str]
) -> Iterator[File]:
    """Yield `sitemap.xml` and `robots.txt`.

    Args:
        base_url: address of the site.
        day: day of the newest figures, ISO 8601.
        pages: paths of pages below the site's folder: `en/country/dom.html`; those in no folder of
            a language are left out.
        languages: codes of the languages, in order.
    """
    of_page: dict[str, list[str]] = defaultdict(list)
    for path in pages:
        language, _, page = path.partition("/")
        if language in languages:
            of_page[page].append(language)
    template = templates.environment(Path(__file__).parent).get_template("sitemap.xml.j2")
    yield "sitemap.xml", template.render(base_url=base_url, day=day, pages=of_page)
    # Robots are kept from asking for each figure by itself, and from old versions. Search engines
    # read robots.txt at the root of the host alone, so it names paths from there.
    _, _, path = base_url.removeprefix("https://").removeprefix("http://").partition("/")
    root = f"/{path}" if path else ""
    lines = ["User-agent: *"]
    lines += [f"Disallow: {root}/{folder}/" for folder in ("sdmx", "api", "versions")]
    yield "robots.txt", "\n".join([*lines, f"Sitemap: {base_url}/sitemap.xml", ""])
