"""Official figures that newspapers and others repeat: no publication of the authority was read.

Authorities: each row names its own, who repeats it, and the address of that page.
Counted: what the page says that the authority counted; `description` says it in our words.
The table was typed by hand from the pages; nothing else confirms a figure.

Police, Bolivia: cases of trafficking, smuggling and related offences together, 2005 to 2015
(SMUG_MIX). With 233 of the first half of 2016 they make the 3,518 that the minister named.
Government and prosecution service, Bolivia, 2023: cases of trafficking alone, 649 of 871 and 989 of
1,359 under Law 263. The 1,359 and the 1,105 of 2022 count smuggling and more beside it, under the
same indicator, and are not in the table.
Prosecution service, Paraguay: cases and victims of its unit against trafficking, 2019 to 2023,
which add up to the 455 and 1,239 of the page.
Not in the table: what one office of several counts (cases of Brazil's Federal Police), parts of a
year, minimums, and figures that pages contradict: Honduras 2024 (49, 45 and 39 victims), Colombia
2023 (258 and 259), Costa Rica 2023 (23 cases or complaints, 12 of them confirmed as trafficking).
CONATT, Panama: not in the table. 12, 50, 84 and 52 victims of 2014 to 2017 make 198; the page says
190.
"""

from typing import Final

from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.single_figures import tidy_single_figures
from pipelines.reader.source_metadata import read_source

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the table of figures in our codes."""
    return tidy_single_figures(Rows(file, SOURCE), "authority", "place", "repeated_by", "published")
