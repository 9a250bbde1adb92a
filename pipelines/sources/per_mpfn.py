"""Ministerio Público, Peru: cases of trafficking in persons that prosecutors took up, 2008 to 2018.

Authority: the prosecution service. Its table 2.7, "Casos intervenidos por el delito de trata de
personas según distrito fiscal", was taken over from a copy, which adds the districts up; the
service's own workbook was not read. Of the fifteen districts in the copy none is read: fiscal
districts are not departments (Callao, Lima Norte).
Counted: cases, in the year in which an office took them up; no victims. UNODC prints those of 2012
and 2013 (457 and 458) as recorded offences. The police (per_mininter) recorded 725 and 734 victims
in 2017 and 2018, when prosecutors took up 1,464 and 1,355 cases: two registers, never one series.
Article 153 of the penal code requires act, means and purpose: PALERMO.
The table has no day: the end of its last year is used.
"""

from typing import Final

from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the cases of each year, in our codes."""
    rows = Rows(file, SOURCE)
    return rows.tidy(
        ref_area="PER",
        indicator="INV_OPENED",
        time_period=rows.raw["anio"].array,
        **rows.figure("casos"),
    )
