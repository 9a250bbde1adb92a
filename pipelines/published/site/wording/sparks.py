"""Words on sparklines: their key."""

from collections.abc import Iterable

from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import SUPPRESSED_TOP, interval_text
from pipelines.published.site.sparkline import Spark


def key(sparks: Iterable[Spark], language: Language) -> list[tuple[str, str]]:
    """Return the marks that some sparklines have, each with its meaning."""
    shown = list(sparks)
    found = [("0", language.say("spark_reported"))]
    if any(each.bars for each in shown):
        printed = interval_text(0, SUPPRESSED_TOP)
        text = language.say("key_suppressed", printed=printed, lower=0, upper=SUPPRESSED_TOP)
        found.append(("suppressed", text))
    if any(each.rules for each in shown):
        found.append(("break", language.say("spark_break")))
    if any(dot.look == "uncertain" for each in shown for dot in each.dots):
        found.append(("uncertain", language.say("key_uncertain")))
    return [*found, ("gap", language.say("key_gap"))]
