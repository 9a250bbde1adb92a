"""The description of a page's figures for search engines: a Dataset of schema.org.

It has addresses of this site only where they are known.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from pipelines.published import extract_paths
from pipelines.published.site import downloads
from pipelines.published.site.context import Site
from pipelines.warehouse import declarations
from pipelines.words.language import Language

_FORMS: Final = {
    ".csv": "text/csv",
    ".csv.gz": "application/gzip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Media types by the ending of a file."""

WHOLE: Final = tuple(
    f"extracts/{extract_paths.csv(each)}"
    for each in declarations.leaving("csv")
    if each.name in ("observation", "national_series")
)
"""The files that have the figures of all states."""

_CATALOGUE: Final = "extracts/catalog.jsonld"
_AMERICAS: Final = "019"
"""The Americas in the code list of regions of the United Nations, M49."""


def described(
    path: str,
    title: str,
    description: str,
    sources: Iterable[str],
    site: Site,
    language: Language,
    years: Collection[int] = (),
    area: str = "",
    files: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Return the Dataset of a page, to be written as JSON-LD.

    Args:
        path: path of the page below the site's folder: `en/country/dom.html`.
        title: what the figures are about: a state, the region, an indicator.
        description: the sentences of the page.
        sources: the sources of the figures.
        site: the context of the page, with its sources and its edition.
        language: the reader's.
        years: the years of the figures of its charts; none where there is no figure.
        area: code of the state, ISO 3166-1 alpha-3; "" for the Americas.
        files: paths of the files that have the figures, below the site's folder; those beside the
            page if not given.
    """
    address = f"{site.base_url}/{path}" if site.base_url else ""
    based_on = [site.sources[name] for name in dict.fromkeys(sources)]
    found = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": address and f"{address}#dataset",
        "url": address,
        "name": language.say("dataset_name", title=title),
        "description": description,
        "inLanguage": language.code,
        "version": site.version,
        "dateModified": site.own_day,
        "temporalCoverage": f"{min(years)}/{max(years)}" if years else "",
        "spatialCoverage": {
            "@type": "Place",
            "name": language.name("area", area) if area else language.say("dataset_americas"),
            "identifier": area or _AMERICAS,
        },
        "creator": {"@type": "Organization", "name": "tipstat"},
        "isAccessibleForFree": True,
        "license": [
            {"@type": "CreativeWork", "name": name}
            for name in dict.fromkeys(source["licence"] for source in based_on)
        ],
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": source["citation"],
                "publisher": {"@type": "Organization", "name": source["publisher"]},
                "url": source["page"],
            }
            for source in based_on
        ],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": "tipstat",
            "url": f"{site.base_url}/{_CATALOGUE}",
        }
        if site.base_url
        else {},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": _FORMS[f".{name.partition('.')[2]}"],
                **({"contentUrl": f"{site.base_url}/{each}"} if site.base_url else {}),
            }
            for each in (downloads.paths(path)[1:] if files is None else files)
            for name in [each.rpartition("/")[2]]
        ],
    }
    return {name: value for name, value in found.items() if value}
