"""Words on figures of core indicators that checks keep out, and who can clear them up."""

from collections.abc import Sequence
from typing import Final

from pipelines.published.site.context import Row
from pipelines.published.site.wording.counts import counted
from pipelines.published.site.wording.phrases import within
from pipelines.words.language import Language, spans
from schemas import codelists

_NO_ANSWER: Final = codelists.column("remark", "no_answer")
STAND_INS: Final = {"V6", *(code for code, yes in _NO_ANSWER.items() if yes == "1")}
"""The checks that find signs in place of no answer."""


