"""An Atom feed per language: every release in this database, with what it changed.

Its addresses are absolute, so it is written only where the site's own address is known.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from pipelines.published.site import context, rendering
from pipelines.published.site.context import Row
from pipelines.published.site.facts.revisions import Account, read_accounts
from pipelines.published.site.wording import revisions
from pipelines.published.site.wording.sources import release_text
from pipelines.words.language import Language


@dataclass(frozen=True)
class FeedFacts:
    """The facts of the feed.

    Attributes:
        releases: rows of sql/release.sql with figures, the newest in this database first.
        accounts: what a release changed, by source and release.
    """

    releases: list[Row]
    accounts: dict[tuple[str, str], Account]


def read(connection: duckdb.DuckDBPyConnection) -> FeedFacts:
    """Return the releases and what they changed."""
    rows = context.query(connection, "release").to_dict("records")
    releases = sorted(
        (row for row in rows if row["source"]),
        key=lambda row: (row["retrieved"], str(row["release"]), row["source"]),
        reverse=True,
    )
    accounts = {(each.source, each.release): each for each in read_accounts(connection)}
    return FeedFacts(releases, accounts)


def files(site: context.Site, facts: FeedFacts, language: Language) -> Iterator[context.File]:
    """Yield the feed; nothing if the site's address is not known."""
    if not site.base_url:
        return
    newest = facts.releases[0]["retrieved"] if facts.releases else site.day
    entries = []
    for release in facts.releases:  # what each changed; its size if that is nothing that is known
        source, day = release["source"], str(release["release"])
        publisher, account = site.short_name(source), facts.accounts.get((source, day))
        # The id stays the same wherever the site is published, so that readers meet an entry once.
        name = f"tipstat/{language.code}/{source}/{day}"
        rows = language.say("feed_rows", rows=language.number(release["rows"]))
        entries.append(
            {
                "id": uuid.uuid5(uuid.NAMESPACE_URL, name).urn,
                "title": f"{publisher} · {release_text(site.sources[source], [day], language)}",
                "updated": release["retrieved"],
                "page": "revisions.html" if account else f"data.html#{source}",
                "summary": revisions.sentence(account, publisher, language) if account else rows,
            }
        )
    text = rendering.fill(
        "feed.xml",
        language=language,
        home=f"{site.base_url}/{language.code}",
        updated=newest,
        entries=entries,
    )
    yield f"{language.code}/feed.xml", text
