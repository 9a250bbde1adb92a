"""The page of revisions: what each release changed of the one before, figure by figure."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
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
"""Rows of the table of the largest changes."""

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
    states = _by_state(facts.changes, site.states[language.code])
    gone = [each for own in states.values() for each in own if each.is_withdrawn]
    sentence = revisions.all_changes(facts.accounts, facts.changes, language)
    yield rendering.page(
        site,
        "revisions",
        "revisions.html",
        language,
        sentence=sentence,
        copy=language.say("revisions_copy_text", sentence=sentence, edition=context.EDITION),
        largest=_listed(site, "revisions_largest_caption", _largest(facts.changes), language),
        counts=_counts(site, facts.accounts, language),
        has_updates=not all(account.replaces for account in facts.accounts),
        by_indicator=[_by_indicator(site, account, language) for account in facts.accounts],
        states=[
            (area, _counted(len(own), language), _table(site, area, own, language))
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
            yield path, _as_csv(rows)


def _by_state(changes: list[Change], states: list[str]) -> dict[str, list[Change]]:
    """Return the changes of each state that has some, in the order of the states."""
    found = {area: [each for each in changes if each.area == area] for area in states}
    return {area: own for area, own in found.items() if own}


def _counts(site: context.Site, accounts: list[Account], language: Language) -> Table:
    """Return the numbers of changes: a row per release."""
    return Table(
        caption=language.say("revisions_counts_caption"),
        row_heading=language.say("revisions_release"),
        columns=_columns(language),
        rows=[
            (
                _heading(site, account, language),
                [
                    *_numbers(account, None, language),
                    Cell(language.number(sum(account.cells.values()))),
                ],
            )
            for account in accounts
        ],
    )


def _by_indicator(site: context.Site, account: Account, language: Language) -> Table:
    """Return the numbers of changes of one release: a row per indicator."""
    return Table(
        caption=_heading(site, account, language),
        row_heading=language.say("indicator"),
        columns=_columns(language),
        rows=[
            (
                language.name("indicator", code),
                [*_numbers(account, code, language), Cell(language.number(account.cells[code]))],
            )
            for code in language.names["indicator"]
            if code in account.cells
        ],
    )


def _columns(language: Language) -> list[str]:
    return [language.say(f"revisions_column_{change}") for change in (*CHANGES, "cells")]


def _heading(site: context.Site, account: Account, language: Language) -> str:
    return language.say(
        "revisions_release_of",
        publisher=site.short_name(account.source),
        release=language.day(account.release),
        previous=language.day(account.previous),
    )


def _numbers(account: Account, indicator: str | None, language: Language) -> list[Cell]:
    """Return the number of totals by kind of change; equal ones are unknown beside an update."""
    return [
        cells.dash(language)
        if change == "equal" and not account.replaces
        else Cell(language.number(account.count(change, indicator)))
        for change in CHANGES
    ]


def _counted(number: int, language: Language) -> str:
    form = "one" if number == 1 else "many"
    return language.say(f"revisions_state_count_{form}", count=number)


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


def _largest(changes: list[Change]) -> list[Change]:
    """Return the totals whose figure changed the most, of those that are exact in both releases."""
    exact = [each for each in changes if each.difference]
    exact.sort(key=lambda each: (-each.difference, each.area, each.indicator, each.point.year))
    return exact[:_LARGEST]


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
        rows=[_row(site, each, language) for each in changes],
    )


def _row(site: context.Site, change: Change, language: Language) -> tuple[str, list[Cell]]:
    """Return a row that begins with the state."""
    indicator = Cell(language.name("indicator", change.indicator))
    return language.name("area", change.area), [indicator, *_cells(site, change, language)]


def _as_csv(cells: pd.DataFrame) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(cells.columns)
    writer.writerows(cells.to_numpy().tolist())
    return text.getvalue()
