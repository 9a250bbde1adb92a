"""Words on figures of core indicators that checks keep out, and who can clear them up."""

from typing import Final

from schemas import codelists

_NO_ANSWER: Final = codelists.column("remark", "no_answer")
STAND_INS: Final = {"V6", *(code for code, yes in _NO_ANSWER.items() if yes == "1")}
"""The checks that find signs in place of no answer."""
