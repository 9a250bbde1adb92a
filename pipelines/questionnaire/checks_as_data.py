"""The checks of a form as data, for a program that is not Python: a page that checks it.

What is asked, how a form is known again, what an answer may be, and what is said of a fault, in
every language. Not in it is what needs the warehouse: the figures published before.

Why that program is no Python in the browser: docs/decisions/questionnaire.md.
"""

import re
from typing import Any, Final

from pipelines.protection.cells import THRESHOLD
from pipelines.questionnaire import answers, check, delimited, figures, free_text, labels, workbook
from pipelines.questionnaire.form import KIND, LONGEST, Asked, Form, Question, asked, version
from pipelines.questionnaire.splits import splits
from pipelines.questionnaire.texts import texts
from pipelines.raw.questionnaires import LAST_DAYS, YEARS
from schemas import codelists
from schemas.annotations import HTTPS
from schemas.observation_rules import SENTINELS

_TEXTS: Final = ("title", "problem_", "refusal_", "sheet_")
"""Beginnings of the codes of the texts that a check says."""
_WORD: Final = r"\p{L}\p{N}_"
_SIGNS: Final = {
    r"\b": f"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))",
    r"\w": f"[{_WORD}]",
    r"\W": f"[^{_WORD}]",
    r"\d": r"\p{Nd}",
}
"""Parts of Python's patterns in those of ECMAScript, which would know ASCII alone."""
_PARTS: Final = re.compile(r"\\.|\[|\]|.", re.DOTALL)


def data() -> dict[str, Any]:
    """Return the checks, as JSON has them.

    Patterns are those of ECMAScript with the flag `u`, and `i` where the name ends so.
    """
    state = codelists.oas_states()[0]
    forms = [Form(state, YEARS[0], language) for language in codelists.LANGUAGES]
    patterns = {
        "whole": figures.WHOLE,
        "small": figures.SMALL,
        "year": check.YEAR,
        "https": HTTPS.pattern,
        "signsAlone_i": answers.SIGNS_ALONE.pattern,
        "address_i": free_text.ADDRESS.pattern,
        "call_i": free_text.CALL.pattern,
        "identity": free_text.IDENTITY.pattern,
        "abroad": free_text.ABROAD.pattern,
        "number": free_text.NUMBER.pattern,
        "harmless": free_text.HARMLESS.pattern,
        "person": free_text.PERSON.pattern,
        "spaces": free_text.SPACES.pattern,
    }
    return {
        "kind": KIND,
        "version": version(),
        "states": codelists.oas_states(),
        "years": [YEARS[0], YEARS[-1]],
        "lastDays": LAST_DAYS,
        "meanings": forms[0].identity[-1],
        "identity": workbook.IDENTITY,
        "markers": workbook.MARKERS,
        "heading": workbook.HEADING,
        "csv": delimited.PLAIN,
        "sdmx": delimited.SDMX[-1],
        "asked": [_asked(each) for each in asked()],
        "splits": [
            {
                "whole": split.whole.name,
                "parts": [part.name for part in split.parts],
                "full": split.is_complete,
            }
            for split in splits()
        ],
        "figures": {
            "digits": figures.DIGITS,
            "threshold": THRESHOLD,
            "standIns": [int(number) for number in SENTINELS],
        },
        "notAvailable": sorted(answers.NOT_AVAILABLE),
        "yes": sorted(check.YES),
        "no": sorted(check.NO),
        "short": check.SHORT,
        "longestNote": LONGEST["note"],
        "patterns": {name: for_browser(pattern) for name, pattern in patterns.items()},
        "faults": {code: for_browser(pattern) for code, pattern in figures.FAULTS.items()},
        "languages": {form.language: _words(form) for form in forms},
    }


def _asked(each: Asked) -> dict[str, Any]:
    told: dict[str, Any] = {"name": each.name, "kind": each.kind, "sheet": each.sheet}
    if isinstance(each, Question):
        told |= {"question": True, "required": each.required, "most": LONGEST.get(each.name, 0)}
    return told


def _words(form: Form) -> dict[str, Any]:
    """Return the words of a language: labels, answers to choose from, and what is said."""
    areas = codelists.labels("area", form.language)
    return {
        "areas": {code: areas[code] for code in codelists.oas_states()},
        "labels": {each.name: labels.label(each, form) for each in asked()},
        "wholeLabels": {each.name: labels.whole_label(each, form) for each in asked()},
        "choices": {each.name: found for each in asked() if (found := form.choices(each))},
        "texts": {c: text for c, text in texts(form.language).items() if c.startswith(_TEXTS)},
    }


def for_browser(pattern: str) -> str:
    """Return a pattern of Python as one of ECMAScript that finds the same."""
    found, is_class = [], False
    for part in _PARTS.findall(pattern):
        is_class = part == "[" or (is_class and part != "]")
        found.append(_WORD if is_class and part == r"\w" else _SIGNS.get(part, part))
    return "".join(found)
