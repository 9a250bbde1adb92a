"""Ministerio de Defensa, Colombia: cases of trafficking in persons that the police recorded.

Authority: Policía Nacional, which records the cases; the Ministerio de Defensa publishes them. The
file has a row for each day, town and article of the penal code, with a number of cases.
Counted: cases, in the year and the department of the facts; no victims. Articles 188A (trafficking)
and 188B (the same, aggravated) are counted together. Article 188 is smuggling of migrants, and is
set aside by its label: "188" begins all three. The offence (188A) asks for no means: NOMEANS.

Nearly every row is one case on one day in one town: rows are summed and dropped. Sums by department
and year under 5 are hidden, and those from which they could be worked out; by article and
department 188B would single out cases, so no such table is made.
Rows that are alike to the letter (327) are different cases and all count. In 112 rows of 2024 and
2025 the whole line is one quoted cell: without these 79 of the 250 cases of 2024 would be
lost, all of them Bogotá's. The last year counts once its December is in the file.
2014 (12 cases) and 2015 (81) look like another way of recording; the file does not say.

The shipped figures are sums of a copy whose last fact is of 26 March 2025.
"""

from typing import Final

from pipelines.reader.labels import subdivisions
from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source
from pipelines.sources._col_mindefensa_sums import SMUGGLING, lines

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the sums of the publisher's rows, or the figure table made of them, in our codes."""
    rows = Rows(file, SOURCE)
    if "cases" not in rows.raw:
        rows.replace_by_counts(lines(file, rows.raw, SOURCE.threshold))
    raw = rows.raw
    rows.set_aside(raw["articles"] == SMUGGLING, "smuggling_of_migrants")
    return rows.tidy(
        ref_area=rows.recode("department", subdivisions("COL", whole=""), "ref_area"),
        indicator="INC_RECORDED",
        time_period=raw["year"].array,
        locator=rows.located(_place),
        **rows.protected_figure("cases"),
    )


def _place(name: str, year: str, department: str, articles: str) -> str:
    return f"summed from {name}: {year}, {department or 'all departments'}, {articles}"
