"""Words on needs: what each step asks of which indicator."""

from collections.abc import Sequence
from operator import attrgetter

from pipelines.published.site import context
from pipelines.published.site.facts.needs import Need
from pipelines.words.language import Language, spans


def how_they_add_up(
    needs: Sequence[Need], known: int, unknown: Sequence[str], language: Language
) -> str:
    """Return how the core indicators without a figure add up to all that are missing.

    Args:
        needs: those of a state.
        known: how many core indicators have a figure.
        unknown: the core indicators that no state has.
        language: the reader's.
    """
    begin = sum(need.code == "BEGIN" for need in needs)
    return language.say(
        "needs_sum",
        missing=begin + len(unknown),
        core=known + begin + len(unknown),
        begin=begin,
        unknown=len(unknown),
        names=", ".join(language.say(f"phrase_{code.lower()}") for code in unknown),
    )


def asked(needs: Sequence[Need], step: str, language: Language) -> list[str]:
    """Return what a step asks for, a line per indicator: name, kinds of break-down, years.

    A line ends with the share of persons of unknown sex or age, where that is what is to fall.
    """
    of_step = [need for need in needs if need.step == step]
    lines = []
    for code, own in context.grouped(of_step, attrgetter("indicator")).items():
        words = [language.say(f"phrase_{code.lower()}")]
        if step == "BREAK_DOWN":
            kinds = ", ".join(language.say(f"needs_{need.code}") for need in own)
            words.append(language.say("needs_by", kinds=kinds))
        words.append(spans(sorted({year for need in own for year in need.years})))
        if own[0].code == "TELL_UNKNOWN":
            share = language.number(round(100 * own[0].share))
            words.append(f"({language.say('needs_share', share=share)})")
        lines.append(" ".join(filter(None, words)))
    return lines
