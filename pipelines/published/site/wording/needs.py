"""Words on needs: what each step asks of which indicator."""

from collections.abc import Sequence

from pipelines.published.site.facts.needs import Need, indicators
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
    """Return what a step asks for, a line per indicator: name, kinds of break-down, years."""
    return [
        _line([need for need in needs if (need.step, need.indicator) == (step, code)], language)
        for code in indicators(needs, step)
    ]


def _more(count: int, language: Language) -> str:
    return language.say("needs_more_one" if count == 1 else "needs_more", count=count)


def _line(needs: Sequence[Need], language: Language) -> str:
    """Return the words on one indicator in one step."""
    kinds = [language.say(f"needs_{need.code}") for need in needs if need.step == "BREAK_DOWN"]
    words = [language.say(f"phrase_{needs[0].indicator.lower()}")]
    if kinds:
        words.append(language.say("needs_by", kinds=", ".join(kinds)))
    years = spans(sorted({year for need in needs for year in need.years}))
    return " ".join(filter(None, [*words, years, _detail(needs[0], language)]))


def _detail(need: Need, language: Language) -> str:
    """Return the remark on persons of unknown sex or age."""
    if need.code == "TELL_UNKNOWN":
        return f"({language.say('needs_share', share=language.number(round(100 * need.share)))})"
    return ""
