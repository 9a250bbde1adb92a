"""Ministry of Justice of Argentina: complaints to the hotline 145, and the victims named in them.

Authority: Programa Nacional de Rescate y Acompañamiento, which answers the line day and night.
Counted: complaints, each once by its number in the register, in the year in which it was entered
(the dictionary: at the time of the call); and the persons whom callers name as direct victims, in
the year of the complaint. Neither was examined by an authority. Accused persons and relatives are
in the same file and are not counted.

The publisher's files have a row for every complaint and for every person. They are read, counted
and dropped: what is kept are the figures of whole years, after disclosure control (threshold 10).
Persons have no number: several of one complaint may have equal rows (50 of 1,206 in 2020-2021).
The dictionary makes each row a person, so each is counted.
A complaint may name several forms of exploitation, or none: possible recruitment, a missing
person, COVID-19. It is a complaint all the same, so forms neither add up to the total nor cover it.
Exploitation itself is punished as trafficking (Law 26.842).
An age of 0 means that none was stated: 369 callers of 2020-2021 have it too, and it takes the
place of the blanks from 2021 on.

The register changes: the file of July 2023 lacks 145 complaints of 2020 and 39 of 2021 that the
file of 2021 has, none of these years is new, and 49 subjects of 2020 have hyphens where they had
commas. Complaints are no persons, and no hidden figure follows from the differences: both are
printed as they are. The persons named are in the file of 2021 alone.
"""

from typing import Final

from pipelines.reader.labels import same_codes, within
from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source
from pipelines.sources._arg_linea145_counts import lines

SOURCE: Final = read_source(__file__)

MEASURE: Final = {"complaints": "COMPLAINTS", "direct victims": "VIC_REPORTED"}
TABLES: Final = {"total": "_T", "sex": "_T", "age": "_T", "exploitation": "_T"}
"""Known tables, none of them by another breakdown."""


def tidy(file: File) -> Tidy:
    """Return the publisher's rows counted, or the figure table made of them, in our codes."""
    rows = Rows(file, SOURCE)
    if "count" not in rows.raw:
        rows.replace_by_counts(lines(file, rows.raw, SOURCE.threshold))
    return rows.tidy(
        ref_area="ARG",
        indicator=rows.recode("measure", MEASURE, "indicator"),
        time_period=rows.raw["year"].array,
        breakdown=rows.recode("dimension", TABLES, "breakdown"),
        **{
            name: rows.recode(("dimension", "category"), within(name, same_codes(name)), name)
            for name in ("sex", "age", "exploitation")
        },
        locator=rows.located(_place),
        **rows.protected_figure("count"),
    )


def _place(name: str, year: str, measure: str, dimension: str, category: str) -> str:
    return f"counted from {name}: {measure} of {year}, {dimension} {category}"
