"""Words of a page with an explanation: of texts/glossary.csv, and definitions of indicators."""

from pipelines.published.site.facts.total import VICTIMS
from pipelines.words.language import Language

_BETWEEN = " · "
_BY_TIME_BASIS = {"CY": "calendar"}


def parts(text: str, language: Language) -> list[tuple[str, str]]:
    """Return the parts of a subtitle, each with its explanation; "" where there is none.

    An indicator is explained by its definition, a calendar year by the glossary.
    """
    known = _explanations(language)
    first, *others = text.split(_BETWEEN)
    pieces = [first, *(piece for other in others for piece in (_BETWEEN, other))]
    return [(piece, known.get(piece, "")) for piece in pieces]


def _explanations(language: Language) -> dict[str, str]:
    bases = {
        language.name("time_basis", basis): language.say(f"glossary_{code}")
        for basis, code in _BY_TIME_BASIS.items()
    }
    definitions = {
        name: language.words.get(f"definition_{code.lower()}", "")
        for code, name in language.names["indicator"].items()
    }
    detected = language.name("indicator", VICTIMS)
    return {**definitions, **bases, detected: language.say("glossary_detected")}
