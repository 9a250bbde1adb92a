"""The justice chain, a figure per source: suspects, persons prosecuted, persons convicted."""

from functools import partial
from typing import Final

from pipelines.published.site import yearly
from pipelines.published.site.figures import CHAIN

CODE: Final = CHAIN.code

read: Final = partial(yearly.read, indicators=CHAIN.indicators)
figures: Final = partial(yearly.figures, CHAIN)
