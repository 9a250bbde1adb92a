"""The common standard: a page per sheet, their list, all of them on one page, and its governance.

Addresses have the version in them, without its last number, which rises with wording alone. Earlier
versions keep their pages, which lead to the newest.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import duckdb

from pipelines.published import extract_paths
from pipelines.published.site import context, rendering
from pipelines.published.site.wording import standard as wording
from pipelines.words.language import Language
from schemas import standard

INDEX: Final = "index"
DOCUMENT: Final = "document"
GOVERNANCE: Final = "governance"


def read(connection: duckdb.DuckDBPyConnection) -> None:
    """Return nothing: the sheets are no figures, and the warehouse has none."""


def pdf_path(language: Language) -> str:
    """Return the path of the whole standard as PDF below the language's folder."""
    name = f"civ-tip-{standard.standard().version}-{language.code}"
    return context.standard_path(name).replace(".html", ".pdf")


def files(site: context.Site, facts: None, language: Language) -> Iterator[context.File]:  # noqa: ARG001
    """Yield the list, the governance, all sheets on one page, and the page of each sheet.

    First of this version, then of those before it.
    """
    yield from _of_edition(site, language, {"before": _before()})
    later = {"later": _named()}
    for folder in standard.earlier():
        with standard.edition(folder):  # another edition is open while nobody else runs
            made = [*_of_edition(site, language, later)]
        yield from made


def documents(site: context.Site, language: Language) -> Iterator[tuple[str, context.File]]:
    """Yield the path of each version as PDF, and the page from which that is printed."""
    yield pdf_path(language), _document(site, language, {})
    later = {"later": _named()}
    for folder in standard.earlier():
        with standard.edition(folder):
            made = pdf_path(language), _document(site, language, later)
        yield made


def _named() -> tuple[str, str]:
    """Return the version of the standard, and the path of its list of sheets."""
    return standard.standard().version, context.standard_path(INDEX)


def _before() -> list[tuple[str, str]]:
    """Return the same of the earlier versions."""
    found = []
    for folder in standard.earlier():
        with standard.edition(folder):
            found.append(_named())
    return found


def _of_edition(
    site: context.Site, language: Language, others: Mapping[str, Any]
) -> Iterator[context.File]:
    """Yield the pages of one version; `others` are its links to other versions."""
    whole = standard.standard()
    known = wording.sheets(language)
    has_pdf = f"{language.code}/{pdf_path(language)}" in site.documents
    yield _page(
        site,
        "standard",
        INDEX,
        language,
        others,
        sheets=known,
        counts={
            "indicators": len(whole.indicators),
            "core": sum(each.kind == "CORE" for each in standard.indicators().values()),
            "variables": len(whole.variables),
        },
        kinds=[
            *((each[language.code], code.lower()) for code, each in whole.kinds.items()),
            (language.say("standard_kind_variable"), "variables"),
        ],
        pdf=pdf_path(language) if has_pdf else "",
        tables=() if "later" in others else extract_paths.STANDARD,
        sdmx=extract_paths.STANDARD_SDMX,
    )
    yield _page(site, "standard_governance", GOVERNANCE, language, others)
    yield _document(site, language, others)
    for each in known:
        yield _page(
            site,
            "standard_sheet",
            each.id,
            language,
            others,
            sheet=each,
            citation=citation(site, each.id, language),
            figures=site.indicator_path(each.id) if each.id in site.paged else "",
        )


def _document(site: context.Site, language: Language, others: Mapping[str, Any]) -> context.File:
    """Return the page with all sheets, which is printed."""
    sheets = wording.sheets(language)
    return _page(site, "standard_document", DOCUMENT, language, others, sheets=sheets)


def _page(
    site: context.Site,
    template: str,
    name: str,
    language: Language,
    others: Mapping[str, Any],
    **facts: object,
) -> context.File:
    """Return a page of the standard, which says its version and status."""
    given: dict[str, Any] = {"citation": citation(site, "", language), **facts}
    return rendering.page(
        site,
        template,
        context.standard_path(name),
        language,
        title=standard.standard().title[language.code],
        **(wording.said_of_all(language) | given | dict(others)),
    )


def citation(site: context.Site, sheet: str, language: Language) -> str:
    """Return how to cite a sheet, or the whole standard; with its address where that is known."""
    whole = standard.standard()
    place = f"{site.base_url}/" if site.base_url else ""
    if sheet:
        text = standard.citation(sheet, language.code, place)
        own = standard.address(sheet, language.code)
        return text if place else text.removesuffix(own).rstrip(", ")
    text = language.say(
        "standard_citation",
        title=whole.title[language.code],
        version=whole.version,
        status=whole.statuses[whole.status][language.code],
    )
    return f"{text}, {place}{standard.address(INDEX, language.code)}" if place else text
