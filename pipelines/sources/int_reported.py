"""Figures that authorities publish in a page only: no file, no series, one figure at a time.

Authorities: each row names its own, and the address of the page. Only pages of the authority
itself are in the table; what newspapers or others repeat is in int_repeated, what stands in the
reports of the US Department of State in usa_tip_report.
Counted: what the page says it counts; `description` says it in our words.
The table was typed by hand and was closed on the day of its release.

Bureau of Justice Statistics, United States: persons, in fiscal years from October; federal offences
include sexual exploitation of children and transport for illegal sexual activity (BROAD_SEX).
PROTEX, Argentina: complaints to the hotline 145. The page contradicts itself: 1,667 in 2021, 341
more than in 2020, and 1,346 in 2020 (1,667 - 341 = 1,326). So 2020 is not in the table.
Infojus, Argentina: persons rescued since the law of 2008 until mid-2015, one sum: CUM under 2015.
Apoyo a Víctimas, Chile: persons who entered the protocol of assistance. The page gives the
definition of Law 20.507, which is that of the Palermo Protocol.
Procurador de los Derechos Humanos, Guatemala: figures of the prosecution service, which it repeats:
possible victims and complaints. Of possible victims in 2017 it gives the difference alone.
The Penal Code (article 202 ter) asks for no means (NOMEANS).
Ministerio de Seguridad Pública, Panama: victims from January to July 2020, a part of the year, and
those fully identified in 2022, as many as UNODC prints for that year.
"""

from typing import Final

from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.single_figures import tidy_single_figures
from pipelines.reader.source_metadata import read_source

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the table of figures in our codes."""
    return tidy_single_figures(Rows(file, SOURCE), "publisher", "page", "title", "published")
