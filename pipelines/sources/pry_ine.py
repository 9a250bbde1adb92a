"""INE, Paraguay: complaints of trafficking received, the national alternative to SDG 16.2.2.

Authority: Instituto Nacional de Estadística, from the Ministerio Público's register of cases
(SIGEFI). The page of the indicator prints one table: a year and the complaints received in it.
Counted: complaints, in the year in which the prosecution service received them, founded or not.
They are not victims: one complaint may name several, or none. Status D: the page gives them in
place of the victims for which the indicator of the SDG asks.
Law 4788 of 2012 punishes the act for its purpose; means such as force or deceit only aggravate it
(US Department of State, Trafficking in Persons Report 2020, Paraguay).
Whole numbers are printed with a decimal comma: 79,0 is 79, not 790.
The page offers no file. The table was typed into one, as printed. The page says that it was updated
in October 2023, without a day: the last day of the month is used.
"""

from typing import Final

from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the complaints of each year, in our codes."""
    rows = Rows(file, SOURCE)
    return rows.tidy(
        ref_area="PRY",
        indicator="COMPLAINTS",
        time_period=rows.raw["Año"].array,
        **rows.figure("Denuncias recibidas"),
    )
