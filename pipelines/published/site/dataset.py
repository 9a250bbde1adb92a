"""The description of a page's figures for search engines: a Dataset of schema.org.

It has addresses of this site only where they are known.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

from pipelines.published.site import downloads
from pipelines.published.site.context import Site
from pipelines.published.site.facts.sentences import Sentence
from pipelines.words.language import Language

_FORMS: Final = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Media types by the ending of a file."""

_AMERICAS: Final = "019"
"""The Americas in the code list of regions of the United Nations, M49."""


def described(
    path: str,
    title: str,
    sentences: Sequence[Sentence],
    years: Collection[int],
    site: Site,
    language: Language,
    area: str = "",
) -> dict[str, Any]:
    """Return the Dataset of a page, to be written as JSON-LD.

    Args:
        path: path of the page below the site's folder: `en/country/dom.html`.
        title: name of the state or the region.
        sentences: the sentences of the page.
        years: the years of the figures of its charts; none where there is no figure.
        site: the context of the page, with its sources and its edition.
        language: the reader's.
        area: code of the state, ISO 3166-1 alpha-3; "" for the Americas.
    """
    address = f"{site.base_url}/{path}" if site.base_url else ""
    origins = dict.fromkeys(source for each in sentences for source, _ in each.origins)
    sources = [site.sources[name] for name in origins]
    found = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": address and f"{address}#dataset",
        "url": address,
        "name": language.say("dataset_name", title=title),
        "description": " ".join(each.text for each in sentences),
        "inLanguage": language.code,
        "version": site.version,
        "dateModified": site.own_day,
        "temporalCoverage": f"{min(years)}/{max(years)}" if years else "",
        "spatialCoverage": {"@type": "Place", "name": title, "identifier": area or _AMERICAS},
        "creator": {"@type": "Organization", "name": "tipstat"},
        "isAccessibleForFree": True,
        "license": [
            {"@type": "CreativeWork", "name": name}
            for name in dict.fromkeys(source["licence"] for source in sources)
        ],
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": source["citation"],
                "publisher": {"@type": "Organization", "name": source["publisher"]},
                "url": source["page"],
            }
            for source in sources
        ],
        "distribution": [_download(each, site) for each in downloads.paths(path)[1:]],
    }
    return {name: value for name, value in found.items() if value}


def _download(path: str, site: Site) -> dict[str, str]:
    """Return a file beside the page, by its name, and by its address where that is known."""
    name = path.rpartition("/")[2]
    form = _FORMS[f".{name.rpartition('.')[2]}"]
    found = {"@type": "DataDownload", "name": name, "encodingFormat": form}
    return found | ({"contentUrl": f"{site.base_url}/{path}"} if site.base_url else {})
