"""UNODC, Global Report on Trafficking in Persons 2018: single figures of the country profiles.

The chapter on Central America and the Caribbean was read in a copy.

Authorities: each row names the authority that reported to UNODC.
Counted: what the profile says it counts; `description` says it in our words. Only figures that the
data files of UNODC (int_unodc_glotip) lack, or print for another kind of year or victim.

Criminal Investigation Department, Grenada: as of 2017, no reported cases or victims. A stated nil,
since the beginning of reports: CUM under 2017.
Directorate of Gender Affairs, Antigua and Barbuda: the profile splits 2015 by sex. One of the two
is under 5, so neither is in the table.
"""

from typing import Final

from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.single_figures import tidy_single_figures
from pipelines.reader.source_metadata import read_source

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the table of figures in our codes."""
    return tidy_single_figures(Rows(file, SOURCE), "authority", "section")
