"""An Atom feed per language: every release in this database, with what it changed.

Its addresses are absolute, so it is written only where the site's own address is known.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree as ET

import duckdb

from pipelines.published.i18n.language import Language
from pipelines.published.site import context
from pipelines.published.site.facts.revisions import Account, read_accounts
from pipelines.published.site.wording import revisions
from pipelines.published.site.wording.sources import release_text

_ATOM: Final = "http://www.w3.org/2005/Atom"
_PATH: Final = "feed.xml"

Row = dict[Any, Any]


@dataclass(frozen=True)
class Facts:
    """The facts of the feed.

    Attributes:
        releases: rows of sql/release.sql with figures, the newest in this database first.
        accounts: what a release changed, by source and release.
    """

    releases: list[Row]
    accounts: dict[tuple[str, str], Account]


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the releases and what they changed."""
    rows = context.query(connection, "release").to_dict("records")
    releases = sorted(
        (row for row in rows if row["source"]),
        key=lambda row: (row["retrieved"], str(row["release"]), row["source"]),
        reverse=True,
    )
    accounts = {(each.source, each.release): each for each in read_accounts(connection)}
    return Facts(releases, accounts)


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the feed; nothing if the site's address is not known."""
    if not site.base_url:
        return
    home = f"{site.base_url}/{language.code}"
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language.code})
    _add(feed, "id", f"{home}/{_PATH}")
    _add(feed, "title", language.say("feed_title"))
    _add(feed, "updated", _moment(facts.releases[0]["retrieved"] if facts.releases else site.day))
    ET.SubElement(feed, "link", {"rel": "self", "href": f"{home}/{_PATH}"})
    ET.SubElement(feed, "link", {"rel": "alternate", "href": f"{home}/revisions.html"})
    _add(ET.SubElement(feed, "author"), "name", "tipstat")
    for release in facts.releases:
        _add_entry(feed, release, facts, site, language)
    text = ET.tostring(feed, encoding="unicode")
    yield f"{language.code}/{_PATH}", f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _add_entry(
    feed: ET.Element, release: Row, facts: Facts, site: context.Site, language: Language
) -> None:
    source, day = release["source"], str(release["release"])
    publisher = site.short_name(source)
    account = facts.accounts.get((source, day))
    # The id stays the same wherever the site is published, so that readers meet an entry once.
    name = f"tipstat/{language.code}/{source}/{day}"
    page = "revisions.html" if account else f"data.html#{source}"
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", uuid.uuid5(uuid.NAMESPACE_URL, name).urn)
    _add(entry, "title", f"{publisher} · {release_text(site.sources[source], [day], language)}")
    _add(entry, "updated", _moment(release["retrieved"]))
    ET.SubElement(
        entry, "link", {"rel": "alternate", "href": f"{site.base_url}/{language.code}/{page}"}
    )
    _add(entry, "summary", _summary(release, account, publisher, language))


def _summary(release: Row, account: Account | None, publisher: str, language: Language) -> str:
    """Return what the release changed; its size if it changed nothing that is known."""
    if account:
        return revisions.sentence(account, publisher, language)
    return language.say("feed_rows", rows=language.number(release["rows"]))


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
