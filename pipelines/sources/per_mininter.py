"""MININTER and PNP, Peru: victims of trafficking whom the police recorded, in the whole country.

Authority: Policía Nacional del Perú; the observatory of the Ministerio del Interior publishes its
data base. The file has a group of 86 categories for each department and month, from January 2017
on: F1 purpose, F2 place, T within the country or across its border, P3 education, C recruitment,
M means, P4 tie, P5 complainant, D where the case went, EM and EF age of male and female victims.
Counted: persons, in the month in which the police recorded them, presumed or confirmed. The
publisher calls them complaints; but sex, purpose, means, tie and complainant add up to one total in
each of the 878 groups, and from 2018 on the ages too: each record has one victim. UNODC prints the
same numbers as detected victims. How many complaints there were is not known.
Article 153 of the penal code requires act, means and purpose, and takes every form of labour
exploitation for a purpose: "explotación laboral" and "trabajos y servicios forzados" are FL.

Read are the nation by year and sex, age or purpose, one at a time, the nation by month and the
departments by year. Sums under 5 are hidden, and those from which they could be worked out; labour
of 2020 is withheld, since beside UNODC's row of one of its labels it reveals the other, hidden
there. The age bands of 2017 are all 0 and are missing. 2023 is entered under its January: it has no
months. A year that is not over has months only. Months and departments without rows are absent, not
zero. Department 15, Lima, holds the capital. F2 of 2017 to 2019 and T of 2020 are those of another
year.

The shipped figures are sums of the same file, as printed at the end of September 2025.
"""

from collections.abc import Callable
from typing import Final

from pipelines.reader.labels import label_table, subdivisions
from pipelines.reader.rows import WITHHELD, File, Rows, Tidy
from pipelines.reader.source_metadata import read_source
from pipelines.sources import _per_mininter_sums as sums

HERE: Final = "pipelines/sources/per_mininter.py"
CODES: Final[dict[str, dict[sums.Labels, str]]] = {
    "sex": {sums.FEMALE: "F", sums.MALE: "M"},
    "age": {sums.CHILDREN: "Y0T17", sums.ADULTS: "Y_GE18"},
    "exploitation": {
        sums.SEXUAL: "SX",
        sums.LABOUR: "FL",
        sums.BEGGING: "OP_BEG",
        sums.SALE: "OP_ADOPT",
        sums.ORGANS: "OG",
        sums.NOT_IDENTIFIED: "_U",
    },
}
"""Code of each group of labels, by dimension."""

ONE_EACH: Final = "the publisher calls them complaints; each record has one victim"

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the sums of the publisher's rows, or the figure table made of them, in our codes."""
    rows = Rows(file, SOURCE)
    if "persons" not in rows.raw:
        rows.replace_by_counts(sums.lines(file, rows.raw, SOURCE.threshold))
    raw = rows.raw
    rows.set_aside(raw["persons"] == WITHHELD, "would_tell_hidden_figures")
    rows.comment(rows.at_hand, ONE_EACH)
    return rows.tidy(
        ref_area=rows.recode("area", subdivisions("PER", whole=""), "ref_area"),
        indicator="VIC_RECORDED",
        freq=rows.recode("period", lambda period: "M" if "-" in period else "A", "freq"),
        time_period=raw["period"].array,
        **{name: rows.recode("category", _codes(name), name) for name in CODES},
        locator=rows.located(_place),
        **rows.protected_figure("persons"),
    )


def _codes(wanted: str) -> Callable[[str], str]:
    """Return the translation of a category into one dimension; of the others it is the total."""
    totals = dict.fromkeys([sums.TOTAL, *(labels for table in CODES.values() for labels in table)])
    known = {" + ".join(labels): CODES[wanted].get(labels, "_T") for labels in totals}
    return label_table(known, f"CODES in {HERE}")


def _place(name: str, period: str, area: str, category: str) -> str:
    return f"summed from {name}: {period}, {f'CCDD {area}' if area else 'all'}, {category}"
