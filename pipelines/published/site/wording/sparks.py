"""Words on sparklines: their key."""

from collections.abc import Iterable

from pipelines.published.i18n.language import Language
from pipelines.published.site.sparkline import Spark
from pipelines.published.site.wording import phrases


def key(sparks: Iterable[Spark], language: Language) -> list[tuple[str, str]]:
    """Return the marks that some sparklines have, each with its meaning."""
    shown = list(sparks)
    found = [("0", language.say("spark_reported"))]
    if hidden := {bar.interval for each in shown for bar in each.bars}:
        found.append(("suppressed", phrases.suppressed_key(hidden, language)))
    if any(each.rules for each in shown):
        found.append(("break", language.say("spark_break")))
    if any(dot.look == "uncertain" for each in shown for dot in each.dots):
        found.append(("uncertain", language.say("key_uncertain")))
    return [*found, ("gap", language.say("key_gap"))]
