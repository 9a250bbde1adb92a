"""The sentence on the region that may be cited."""

from collections.abc import Collection
from typing import Final

from pipelines.published.i18n.language import Language

_FORM: Final = {
    (True, True): "both",
    (True, False): "rising",
    (False, True): "falling",
    (False, False): "neither",
}
"""The form of the sentence, by whether any state is rising, and any is falling."""


def sentence(verdicts: Collection[str], language: Language) -> str:
    """Return in how many states the trend is rising, and in how many it is falling."""
    found = list(verdicts)
    rising, falling = found.count("rising"), found.count("falling")
    form = _FORM[rising > 0, falling > 0]
    return language.say(f"home_sentence_{form}", rising=rising, falling=falling, states=len(found))
