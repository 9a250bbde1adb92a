"""The sentence on the region that may be cited, and the years of each state's verdict."""

from collections.abc import Collection
from typing import Final

from pipelines.published.site.facts.region import Joint
from pipelines.published.site.facts.trends import Trend
from pipelines.published.site.wording.phrases import is_short
from pipelines.words.language import Language, spans

_FORM: Final = {
    (True, True): "both",
    (True, False): "rising",
    (False, True): "falling",
    (False, False): "neither",
}
"""The form of the sentence, by whether any state is rising, and any is falling."""


def sentence(verdicts: Collection[str], where: str, language: Language) -> str:
    """Return in how many of the states with enough years the trend rises or falls.

    Args:
        verdicts: the verdict on each state.
        where: the only state that rose or fell, with its years; "" if there are several.
        language: the reader's.
    """
    found = list(verdicts)
    rising, falling = found.count("rising"), found.count("falling")
    form = _FORM[rising > 0, falling > 0]
    tested = rising + falling + found.count("no_clear_change")
    counts = {"rising": rising, "falling": falling, "states": tested}
    text = f"home_sentence_{form}"
    whole = language.say(text, **counts, where=f" ({where})" if where else "")
    return whole if is_short(whole) else language.say(text, **counts, where="")


def lean(joint: Joint | None, language: Language) -> str:
    """Return how many states lean one way, where all together show what few do alone; else ""."""
    if joint is None or not joint.is_clear:
        return ""
    count = joint.up if joint.lean == "up" else joint.down
    return language.say(f"home_lean_{joint.lean}", count=count, tested=joint.tested)


def years(trend: Trend, language: Language) -> str:
    """Return the years that a verdict is about, its sharp changes, and doubtful years left out."""
    texts = [language.say("home_years", first=trend.first, last=trend.last)]
    if trend.changes:
        jumps = spans(each.year for each in trend.changes)
        texts.append(language.say("home_years_jumps", jumps=jumps))
    if trend.doubtful:
        texts.append(language.say("state_doubtful", years=spans(trend.doubtful)))
    return language.semicolon.join(texts)
