"""The years of the verdict on each state."""

from pipelines.published.site.facts.trends import Trend
from pipelines.words.language import Language, spans


def years(trend: Trend, language: Language) -> str:
    """Return the years that a verdict is about, its sharp changes, and doubtful years left out."""
    texts = [language.say("home_years", first=trend.first, last=trend.last)]
    if trend.changes:
        jumps = spans(each.year for each in trend.changes)
        texts.append(language.say("home_years_jumps", jumps=jumps))
    if trend.doubtful:
        texts.append(language.say("state_doubtful", years=spans(trend.doubtful)))
    return language.semicolon.join(texts)
