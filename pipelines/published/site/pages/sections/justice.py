"""The justice chain, a figure per source: suspects, persons prosecuted, persons convicted."""

from functools import partial
from typing import Final

from pipelines.published.site.figures import year_table
from pipelines.published.site.figures.time_series import CHAIN

CODE: Final = CHAIN.code

read: Final = partial(year_table.read_year_tables, indicators=CHAIN.indicators)
figures: Final = partial(year_table.year_figures, CHAIN)
