"""Words on revisions: what a release changed, and a figure before and after."""

from collections.abc import Sequence

from pipelines.published.series import Point
from pipelines.published.site.facts.revisions import CHANGES, Account, Change
from pipelines.published.site.wording.phrases import counted, printed
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language


def sentence(account: Account, publisher: str, language: Language) -> str:
    """Return what a release changed: its numbers of totals by kind of change."""
    text = "revisions_sentence" if account.replaces else "revisions_sentence_update"
    counts = {change: language.number(account.count(change)) for change in CHANGES}
    return language.say(
        text,
        publisher=publisher,
        day=language.day(account.release),
        **counts,
    )


def all_changes(accounts: Sequence[Account], changes: Sequence[Change], language: Language) -> str:
    """Return how many totals, in how many states, releases changed of those before them.

    What a replaced release added in its time is left out, as what it changed and withdrew is.
    """
    if not accounts:
        return language.say("revisions_sentence_none")
    withdrawn = [each for each in changes if each.is_withdrawn]
    replaced = {(account.source, account.previous) for account in accounts if account.replaces}
    current = [each for each in accounts if (each.source, each.release) not in replaced]
    return language.say(
        "revisions_sentence_all",
        changed=counted("total", len(changes) - len(withdrawn), language),
        states=counted("state", len({each.area for each in changes}), language),
        new=language.number(sum(account.count("new") for account in current)),
        withdrawn=language.number(len(withdrawn)),
    )


def before(point: Point, language: Language) -> str:
    """Return the figure of the release before; that it is not repeated, if it must not be shown."""
    if point.previous is None:
        return language.say("revisions_hidden")
    return point.previous if isinstance(point.previous, str) else language.number(point.previous)


def after(point: Point, language: Language) -> str:
    """Return the figure of the newest release; that it was withdrawn, if there is none."""
    if point.kind is Kind.MISSING:
        return language.say("withdrawn_mark")
    return printed(point, language)
