"""Doubtful releases made from real ones: each has the right form and false figures.

`CASES` has one of each kind of doubt, of the file that shows it soonest; `make planted` tries all.

A case takes the figure table of a release as text, changes it as a slip of a publisher would, and
names words that the reason for holding it back must have.
"""

from typing import Final, NamedTuple

from table_changes import (
    MONTHS,
    TOTALS,
    Change,
    added,
    exchanged,
    half,
    half_of,
    later,
    mexico_2014,
    next_year,
    of_another,
    one_month,
    paraguay_2023,
    printed,
    times,
    totals_of,
    without,
    without_largest,
    year_2023,
    zeros_of,
)

GLOTIP: Final = ("int_unodc_glotip", "2025-04-14")
MEXICO: Final = ("mex_sesnsp", "2025-06-30")
COLOMBIA: Final = ("col_fiscalia", "2026-04-14")
FBI: Final = ("usa_fbi", "2021-09-06")
PERU: Final = ("per_mininter", "2025-09-30")
UNSD: Final = ("int_unsd_sdg", "2019-06-30")
JAMAICA: Final = ("jam_statin", "2026-08-05")
CANADA: Final = ("can_sdg", "2026-03-10")
GSA: Final = ("usa_sdg", "2023-09-30")
PARAGUAY: Final = ("pry_ine", "2023-10-31")
BRAZIL: Final = ("bra_sit", "2026-01-31")
REPORT: Final = ("usa_tip_report", "2021-07-01")


class Case(NamedTuple):
    """A doubtful release: the real one, its change, and words of the reason."""

    release: tuple[str, str]
    what: str
    change: Change
    words: str


class Honest(NamedTuple):
    """A release that must pass: the real one and its change."""

    release: tuple[str, str]
    what: str
    change: Change


CASES: Final = (
    Case(GLOTIP, "Haiti's totals from 2008 on", added(totals_of("HTI", "90000")), "Haiti"),
    Case(GLOTIP, "no totals of Mexico", without(f"Iso3_code == 'MEX' and {TOTALS}"),
         "Mexico, totals"),
    Case(GLOTIP, "totals hidden", printed("<900", f"{TOTALS} and '2018' <= Year <= '2021'"),
         "of them totals"),
    Case(GLOTIP, "a copy as new year", year_2023(lambda frame: frame), "figures are those of"),
    Case(GLOTIP, "sexes of three years that no longer add up",
         times(["txtVALUE"], 1.5, "Sex == 'Male' and '2016' <= Year <= '2018'"),
         "unlike before"),
    Case(GLOTIP, "zeros for states that did not report",
         added(zeros_of("BRB", "BLZ", "BRA", "CAN", "CHL")), "of 5 areas, are all 0"),
    Case(MEXICO, "a year before the first", mexico_2014, "of 2014"),
    Case(MEXICO, "one month of one state times ten", one_month, "6 before, now 60"),
    Case(MEXICO, "a new year without Puebla", next_year(without("Entidad == 'Puebla'")),
          "nothing for Puebla"),
    Case(COLOMBIA, "no Antioquia", without("category == 'Antioquia'"), "above all of Antioquia"),
    Case(COLOMBIA, "a year late", later("year"), "stood in the year before"),
    Case(COLOMBIA, "last year's file", without("year == '2025'"), "above all of 2025"),
    Case(COLOMBIA, "half the rows", half, "lacks"),
    Case(FBI, "Nevada for Texas", of_another("STATE_ABBR", "TX", "NV"), "Texas"),
    Case(PERU, "the last whole year lost", without("'2024' <= period < '2025'"),
         "above all of 2024"),
    Case(UNSD, "2016 times ten", times(["value_2016"], 10), "10 times"),
    Case(JAMAICA, "sexes exchanged", exchanged("Disaggregation Level", "Male", "Female"),
         "under the other sex"),
    Case(CANADA, "the last year times ten", times(["Value"], 10, "Year == '2024'"),
         "of 2024: 1.47 before, now 14.7"),
    Case(GSA, "a form lost", without("exploitation == 'invol_serv'"), "lacks"),
    Case(BRAZIL, "a figure times ten", times(["value"], 10, "value == '2186'"), "power of ten"),
    Case(REPORT, "times ten", times(["value"], 10), "10"),
)  # fmt: skip

MORE: Final = (
    Case(GLOTIP, "the largest twelfth lost", without_largest, "of them totals"),
    Case(GLOTIP, "every fifth figure times 1.9", times(["txtVALUE"], 1.9, "index % 5 == 0"),
         "about 1.9 times"),
    Case(GLOTIP, "a new year with sexes exchanged",
         year_2023(exchanged("Sex", "Female", "Male"), of="2018"), "look exchanged"),
    Case(GLOTIP, "a new year of which the totals are too small",
         year_2023(times(["txtVALUE"], 0.6, TOTALS), of="2018"),
         "unlike before"),
    Case(MEXICO, "the last half-year times ten", times(MONTHS, 10, "Año == '2025'"),
         "10 times"),
    Case(COLOMBIA, "2024 times a hundred", times(["victims"], 100, "year == '2024'"), "2024"),
    Case(MEXICO, "half of January", half_of(["Enero"]), "above all of month 01"),
)  # fmt: skip
"""Slower ones, for `make planted`, which exchanges, loses and multiplies in every source."""

HONEST: Final = (
    Honest(GLOTIP, "no commas in thousands",
           lambda frame: frame.assign(txtVALUE=frame["txtVALUE"].str.replace(",", ""))),
    Honest(PARAGUAY, "79,0 printed as 79, and a new year", paraguay_2023),
    Honest(CANADA, "two decimals",
           lambda frame: frame.assign(Value=frame["Value"].astype(float).map("{:.2f}".format))),
    Honest(CANADA, "another estimate of the population", times(["Value"], 1.003)),
    Honest(BRAZIL, "a figure revised", times(["value"], 1.09, "value == '2186'")),
    Honest(JAMAICA, "0.0 printed as 0",
           lambda frame: frame.assign(Value=frame["Value"].str.removesuffix(".0"))),
)  # fmt: skip
"""Real releases changed as an honest publisher does; they must pass."""
