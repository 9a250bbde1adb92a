"""Detected victims over time, a figure per source."""

from functools import partial
from typing import Final

from pipelines.published.site import yearly
from pipelines.published.site.figures import VICTIMS

CODE: Final = VICTIMS.code

read: Final = partial(yearly.read, indicators=VICTIMS.indicators)
figures: Final = partial(yearly.figures, VICTIMS)
