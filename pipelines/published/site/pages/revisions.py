"""The page of revisions: what each release changed of the one before, figure by figure."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context, rendering
from pipelines.published.site.facts.revisions import (
    CHANGES,
    Account,
    Change,
    read_accounts,
    read_changes,
)
from pipelines.published.site.wording import cells, revisions, sources
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language

_LARGEST: Final = 6
"""Rows of the table of the largest changes, of figures that are exact in both releases."""

_CELLS: Final = "data/revisions/{source}.csv"
"""Every changed cell of a source, parts included; the same in each language."""


@dataclass(frozen=True)
class RevisionsFacts:
    """The facts of the page.

    Attributes:
        accounts: what each release changed, the newest first.
        changes: every total that a release changed or withdrew.
        narrowed: number of totals that a release narrowed, by state.
        cells: rows of sql/revision.sql.
        held_back: rows of sql/held_back.sql.
        renewed: states with a total in a release that changed figures of an earlier one.
    """

    accounts: list[Account]
    changes: list[Change]
    narrowed: dict[str, int]
    cells: pd.DataFrame
    held_back: list[dict[Any, Any]]
    renewed: frozenset[str]


def read(connection: duckdb.DuckDBPyConnection) -> RevisionsFacts:
    """Return every change that a release made, and the releases that were refused."""
    return RevisionsFacts(
        read_accounts(connection),
        read_changes(connection),
        context.query(connection, "narrowed").set_index("ref_area")["totals"].to_dict(),
        context.query(connection, "revision"),
        context.query(connection, "held_back").to_dict("records"),
        frozenset(context.query(connection, "renewed")["ref_area"]),
    )


def files(site: context.Site, facts: RevisionsFacts, language: Language) -> Iterator[context.File]:
    """Yield the page, and a file with every changed cell of each source."""
    cells = {_CELLS.format(source=source): rows for source, rows in facts.cells.groupby("source")}
    used = {account.source for account in facts.accounts}
    by_state = context.grouped(facts.changes, attrgetter("area"))
    states = {area: by_state[area] for area in site.states[language.code] if area in by_state}
    exact = [each for each in facts.changes if each.difference]
    exact.sort(key=lambda each: (-each.difference, each.area, each.indicator, each.point.year))
    gone = [each for own in states.values() for each in own if each.is_withdrawn]
    sentence = revisions.all_changes(facts.accounts, facts.changes, language)
    yield rendering.page(
        site,
        "revisions",
        "revisions.html",
        language,
        sentence=sentence,
        copy=language.say("revisions_copy_text", sentence=sentence, edition=context.EDITION),
        largest=_listed(site, "revisions_largest_caption", exact[:_LARGEST], language),
        counts=Table(
            language.say("revisions_counts_caption"),
            language.say("revisions_release"),
            _columns(language),
            [
                (
                    _heading(site, account, language),
                    _numbers(account, None, sum(account.cells.values()), language),
                )
                for account in facts.accounts
            ],
        ),
        has_updates=not all(account.replaces for account in facts.accounts),
        by_indicator=[
            Table(
                _heading(site, account, language),
                language.say("indicator"),
                _columns(language),
                [
                    (name, _numbers(account, code, account.cells[code], language))
                    for code, name in language.names["indicator"].items()
                    if code in account.cells
                ],
            )
            for account in facts.accounts
        ],
        states=[
            (
                area,
                language.say(
                    f"revisions_state_count_{'one' if len(own) == 1 else 'many'}", count=len(own)
                ),
                _table(site, area, own, language),
            )
            for area, own in states.items()
        ],
        narrowed=[
            f"{language.name('area', area)} {language.number(facts.narrowed[area])}"
            for area in site.states[language.code]
            if area in facts.narrowed
        ],
        unchanged_states=[
            language.name("area", area)
            for area in site.states[language.code]
            if area in facts.renewed and area not in states
        ],
        withdrawn=_listed(site, "revisions_withdrawn_meaning", gone, language),
        unchanged=[source for name, source in site.sources.items() if name not in used],
        held_back=facts.held_back,
        release_text=sources.release_text,
        cells=[*cells],
    )
    if language is site.languages[0]:
        for path, rows in cells.items():
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(rows.columns)
            writer.writerows(rows.to_numpy().tolist())
            yield path, text.getvalue()


def _columns(language: Language) -> list[str]:
    return [language.say(f"revisions_column_{change}") for change in (*CHANGES, "cells")]


def _heading(site: context.Site, account: Account, language: Language) -> str:
    return language.say(
        "revisions_release_of",
        publisher=site.short_name(account.source),
        release=language.day(account.release),
        previous=language.day(account.previous),
    )


def _numbers(
    account: Account, indicator: str | None, changed: int, language: Language
) -> list[Cell]:
    """Return the number of totals by kind of change, and of changed cells.

    Equal ones are unknown beside an update.
    """
    return [
        *(
            cells.dash(language)
            if change == "equal" and not account.replaces
            else Cell(language.number(account.count(change, indicator)))
            for change in CHANGES
        ),
        Cell(language.number(changed)),
    ]


def _table(site: context.Site, area: str, changes: list[Change], language: Language) -> Table:
    """Return the changed totals of one state: a row per indicator, year and source."""
    order = list(language.names["indicator"])
    return Table(
        caption=language.say("revisions_state_caption", area=language.name("area", area)),
        row_heading=language.say("indicator"),
        columns=_change_columns(language),
        rows=[
            (language.name("indicator", each.indicator), _cells(site, each, language))
            for each in sorted(changes, key=lambda each: order.index(each.indicator))
        ],
    )


def _change_columns(language: Language) -> list[str]:
    texts = ("year", "revisions_before", "revisions_after", "revisions_release")
    return [language.say(text) for text in texts]


def _cells(site: context.Site, change: Change, language: Language) -> list[Cell]:
    point = change.point
    is_exact = isinstance(point.previous, float)
    publisher = site.short_name(change.source)
    reservations = [language.say(code) for code in point.reservations if point.is_known]
    return [
        Cell(str(point.year)),
        Cell(revisions.before(point, language), Kind.FIGURE if is_exact else Kind.SUPPRESSED),
        Cell(revisions.after(point, language), point.kind, reservations),
        Cell(f"{publisher}, {language.day(change.release)}"),
    ]


def _listed(
    site: context.Site, caption: str, changes: list[Change], language: Language
) -> Table | None:
    """Return a table of changes of several states; None without any."""
    if not changes:
        return None
    return Table(
        caption=language.say(caption),
        row_heading=language.say("state"),
        columns=[language.say("indicator"), *_change_columns(language)],
        rows=[
            (
                language.name("area", each.area),
                [Cell(language.name("indicator", each.indicator)), *_cells(site, each, language)],
            )
            for each in changes
        ],
    )
