"""Detected victims over time, a figure per source."""

from functools import partial
from typing import Final

from pipelines.published.site.figures import year_table
from pipelines.published.site.figures.time_series import VICTIMS

CODE: Final = VICTIMS.code

read: Final = partial(year_table.read_year_tables, indicators=VICTIMS.indicators)
figures: Final = partial(year_table.year_figures, VICTIMS)
