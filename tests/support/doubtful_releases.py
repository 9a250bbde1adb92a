"""Doubtful releases made from real ones: each has the right form and false figures.

A case takes the figure table of a release as text, changes it as a slip of a publisher would, and
names words that the reason for holding it back must have.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import pandas as pd

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

MONTHS: Final = ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio"]
ALL_MONTHS: Final = [*MONTHS, "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"]

PLACE: Final = ["Iso3_code", "Country", "Region", "Subregion"]
TOTALS: Final = "Category == 'Total' and Sex == 'Total' and Age == 'Total'"
VICTIMS: Final = "Detected trafficking victims"

Change = Callable[[pd.DataFrame], pd.DataFrame]


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


def numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """Give each row another number, beyond those of the real file."""
    rows = range(10_000_000, 10_000_000 + len(frame))
    return frame.assign(row=[str(row) for row in rows])


def times(columns: list[str], factor: float, where: str = "index >= 0") -> Change:
    """Multiply the printed figures of some columns and rows; whole ones stay whole."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        rows = frame.query(where).index
        for name in columns:
            numbers = pd.to_numeric(frame.loc[rows, name].str.replace(",", ""), errors="coerce")
            known = numbers.dropna()
            more = known * factor
            more = more.round() if (known % 1 == 0).all() else more
            frame.loc[known.index, name] = more.map("{:.12g}".format)
        return frame

    return change


def without(where: str) -> Change:
    """Leave out the rows that meet a condition."""
    return lambda frame: frame.query(f"not ({where})")


def half(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out every second row."""
    return frame.iloc[::2]


def later(column: str, years: int = 1) -> Change:
    """Date every figure a year later."""
    return lambda frame: frame.assign(**{column: (frame[column].astype(int) + years).astype(str)})


def exchanged(column: str, one: str, other: str, where: str = "index >= 0") -> Change:
    """Exchange two labels."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        rows = frame.query(where).index
        labels = frame.loc[rows, column].replace({one: other, other: one})
        return frame.assign(**{column: labels.reindex(frame.index).fillna(frame[column])})

    return change


def of_another(column: str, area: str, other: str) -> Change:
    """Print the figures of another area in the rows of an area."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        named = [name for name in frame if name in (column, "Clave_Ent", "Country", "Region")]
        label = frame.loc[frame[column] == area, named].iloc[0]
        copied = frame[frame[column] == other].assign(**label.to_dict())
        return numbered(pd.concat([frame[frame[column] != area], copied]))

    return change


def half_of(columns: list[str], where: str = "index >= 0") -> Change:
    """Add one to every second figure of some columns."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        for name in columns:
            numbers = pd.to_numeric(frame.query(where)[name], errors="coerce").dropna().iloc[::2]
            frame.loc[numbers.index, name] = (numbers + 1).map("{:.12g}".format)
        return frame

    return change


def next_year(then: Change) -> Change:
    """Add the rows of Mexico's last whole year as those of the year after, changed."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        last = frame[frame["Año"] == "2024"].assign(Año="2025").copy()
        before = frame[frame["Año"] < "2025"]
        return numbered(pd.concat([before, then(last.reset_index(drop=True))]))

    return change


def year_2023(then: Change) -> Change:
    """Add the rows of UNODC's last year, 2022, as those of 2023, changed."""
    return added(lambda frame: then(frame[frame["Year"] == "2022"].assign(Year="2023")))


def added(new: Change) -> Change:
    """Add rows made of the table, and number them."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        rows = numbered(new(frame.reset_index(drop=True)).reset_index(drop=True))
        return pd.concat([frame, rows], ignore_index=True)

    return change


def grown(then: Change) -> Change:
    """Change each figure of a new year a little, as real ones differ, and then more."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        numbers = pd.to_numeric(frame["txtVALUE"].str.replace(",", ""), errors="coerce").dropna()
        more = numbers * 1.07 + 1 + numbers.index % 3
        frame.loc[numbers.index, "txtVALUE"] = more.map("{:.0f}".format)
        return then(frame.reset_index(drop=True))

    return change


def totals_of(area: str, figure: str) -> Change:
    """Return totals of detected victims that a state has no figures of, from 2008 to 2022."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        model = frame[frame["Iso3_code"] == "ARG"].query(TOTALS).query("Indicator == @VICTIMS")
        place = frame.loc[frame["Iso3_code"] == area, PLACE].iloc[0]
        return model.assign(**place.to_dict(), txtVALUE=figure)

    return change


def printed(text: str, where: str) -> Change:
    """Print a text instead of the figures of some rows."""
    return lambda frame: frame.assign(txtVALUE=frame["txtVALUE"].mask(frame.eval(where), text))


def paraguay_2023(frame: pd.DataFrame) -> pd.DataFrame:
    """Print Paraguay's counts without decimals, and add a year."""
    counts = frame["Denuncias recibidas"].str.removesuffix(",0")
    last = frame.tail(1).assign(**{"row": "99", "Año": "2023", "Denuncias recibidas": "90"})
    return pd.concat([frame.assign(**{"Denuncias recibidas": counts}), last])


def without_largest(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out the twelfth part of the rows that has the largest figures."""
    numbers = pd.to_numeric(frame["txtVALUE"].str.replace(",", ""), errors="coerce")
    return frame.drop(numbers.nlargest(len(frame) // 12).index)


def mexico_2014(frame: pd.DataFrame) -> pd.DataFrame:
    """Add a year 2014 in which every month has 7,777 victims."""
    first = frame[frame["Año"] == "2015"].assign(Año="2014", **dict.fromkeys(ALL_MONTHS, "7777"))
    return numbered(pd.concat([first, frame]))


def one_month(frame: pd.DataFrame) -> pd.DataFrame:
    """Print 60 instead of 6 in a month of a state."""
    row = frame.index[(frame["Año"] == "2024") & (frame["Junio"] == "6")][0]
    frame.loc[row, "Junio"] = "60"
    return frame


def a_year_on(frame: pd.DataFrame) -> pd.DataFrame:
    """Print each year's column of UNSD's table under the next one."""
    years = [name for name in frame if name.startswith("value_")]
    return frame.assign(**{name: frame[years].shift(axis=1)[name].fillna("") for name in years})


CASES: Final = (
    Case(GLOTIP, "2022 times ten", times(["txtVALUE"], 10, "Year == '2022'"), "10.0 times"),
    Case(GLOTIP, "no forced labour", without("Category == 'Forced labour'"), "Forced labour"),
    Case(GLOTIP, "a year late", later("Year"), "stood in the year before"),
    Case(GLOTIP, "sexes exchanged", exchanged("Sex", "Female", "Male"), "under the other sex"),
    Case(GLOTIP, "Peru for Colombia", of_another("Iso3_code", "COL", "PER"),
         "above all of Colombia"),
    Case(GLOTIP, "no Ecuador", without("Iso3_code == 'ECU'"), "above all of Ecuador"),
    Case(GLOTIP, "half of the men", half_of(["txtVALUE"], "Sex == 'Male'"), "above all of Male"),
    Case(GLOTIP, "Haiti's totals from 2008 on", added(totals_of("HTI", "90000")), "Haiti"),
    Case(GLOTIP, "sexes of Argentina exchanged",
         exchanged("Sex", "Female", "Male", "Iso3_code == 'ARG'"), "under the other sex"),
    Case(GLOTIP, "sexes of Brazil exchanged",
         exchanged("Sex", "Female", "Male", "Iso3_code == 'BRA'"), "under the other sex"),
    Case(GLOTIP, "sexes of Colombia exchanged",
         exchanged("Sex", "Female", "Male", "Iso3_code == 'COL'"), "under the other sex"),
    Case(GLOTIP, "sexes of Mexico exchanged",
         exchanged("Sex", "Female", "Male", "Iso3_code == 'MEX'"), "under the other sex"),
    Case(GLOTIP, "no women of Colombia", without("Iso3_code == 'COL' and Sex == 'Female'"),
         "Colombia, Female"),
    Case(GLOTIP, "no totals of Colombia", without(f"Iso3_code == 'COL' and {TOTALS}"),
         "Colombia, totals"),
    Case(GLOTIP, "no women of Mexico", without("Iso3_code == 'MEX' and Sex == 'Female'"),
         "Mexico, Female"),
    Case(GLOTIP, "no totals of Mexico", without(f"Iso3_code == 'MEX' and {TOTALS}"),
         "Mexico, totals"),
    Case(GLOTIP, "no children of Colombia",
         without("Iso3_code == 'COL' and Age == '0 to 17 years'"), "Colombia, Children"),
    Case(GLOTIP, "the largest twelfth lost", without_largest, "of them totals"),
    Case(GLOTIP, "totals hidden", printed("<900", f"{TOTALS} and '2018' <= Year <= '2021'"),
         "of them totals"),
    Case(GLOTIP, "every fifth figure times 1.9", times(["txtVALUE"], 1.9, "index % 5 == 0"),
         "about 1.9 times"),
    Case(GLOTIP, "Brazil of 2020 times seven",
         times(["txtVALUE"], 7, "Iso3_code == 'BRA' and Year == '2020'"), "7 times"),
    Case(GLOTIP, "Mexico of 2021 times seven",
         times(["txtVALUE"], 7, "Iso3_code == 'MEX' and Year == '2021'"), "7 times"),
    Case(GLOTIP, "Argentina of 2020 times seven",
         times(["txtVALUE"], 7, "Iso3_code == 'ARG' and Year == '2020'"), "of 2020: 2.0 times"),
    Case(GLOTIP, "a copy as new year", year_2023(lambda frame: frame), "those of the nearest year"),
    Case(GLOTIP, "a new year without three states",
         year_2023(grown(without("Iso3_code in ('MEX', 'USA', 'CAN')"))), "United States"),
    Case(GLOTIP, "a new year with sexes exchanged",
         year_2023(grown(exchanged("Sex", "Female", "Male"))), "are women or girls"),
    Case(GLOTIP, "a new year with Colombia times ten",
         year_2023(grown(times(["txtVALUE"], 10, "Iso3_code == 'COL'"))), "Colombia"),
    Case(GLOTIP, "a new year with Ecuador times ten",
         year_2023(grown(times(["txtVALUE"], 10, "Iso3_code == 'ECU'"))), "Ecuador"),
    Case(MEXICO, "a year before the first", mexico_2014, "of 2014"),
    Case(MEXICO, "one month of one state times ten", one_month, "6, now 60"),
    Case(MEXICO, "January to June times ten", times(MONTHS, 10), "10.0 times"),
    Case(MEXICO, "the last half-year times ten", times(MONTHS, 10, "Año == '2025'"),
         "2025-01 to 2025-06: 10.0 times"),
    Case(MEXICO, "no unknown sex", without("Sexo == 'No identificado'"), "above all of Unknown"),
    Case(MEXICO, "a year late", later("Año"), "stood in the year before"),
    Case(MEXICO, "sexes exchanged", exchanged("Sexo", "Mujer", "Hombre"), "under the other sex"),
    Case(MEXICO, "Puebla for Jalisco", of_another("Entidad", "Jalisco", "Puebla"), "Jalisco"),
    Case(MEXICO, "half of January", half_of(["Enero"]), "above all of month 01"),
    Case(MEXICO, "a new year times ten", next_year(times(ALL_MONTHS, 10)), "2025"),
    Case(MEXICO, "a new year without women", next_year(without("Sexo == 'Mujer'")), "Female"),
    Case(MEXICO, "a new year without Puebla", next_year(without("Entidad == 'Puebla'")), "Puebla"),
    Case(COLOMBIA, "2024 times a hundred", times(["victims"], 100, "year == '2024'"), "2024"),
    Case(COLOMBIA, "no Antioquia", without("category == 'Antioquia'"), "above all of Antioquia"),
    Case(COLOMBIA, "a year late", later("year"), "stood in the year before"),
    Case(COLOMBIA, "sexes exchanged", exchanged("category", "FEMENINO", "MASCULINO"),
         "under the other sex"),
    Case(COLOMBIA, "last year's file", without("year == '2025'"), "above all of 2025"),
    Case(COLOMBIA, "half the rows", half, "lacks"),
    Case(COLOMBIA, "no men", without("category == 'MASCULINO'"), "above all of Male"),
    Case(FBI, "no Texas", without("STATE_ABBR == 'TX'"), "above all of Texas"),
    Case(FBI, "2019 times ten", times(["ACTUAL_COUNT"], 10, "DATA_YEAR == '2019'"), "10.0 times"),
    Case(FBI, "a year late", later("DATA_YEAR"), "stood in the year before"),
    Case(FBI, "Nevada for Texas", of_another("STATE_ABBR", "TX", "NV"), "Texas"),
    Case(FBI, "half the rows", half, "lacks"),
    Case(FBI, "last year's file", without("DATA_YEAR == '2020'"), "above all of 2020"),
    Case(PERU, "a year times ten", times(["persons"], 10, "period == '2021'"), "10.0 times"),
    Case(PERU, "the last whole year lost", without("'2024' <= period < '2025'"),
         "above all of 2024"),
    Case(UNSD, "2016 times ten", times(["value_2016"], 10), "10.0 times"),
    Case(UNSD, "a year late", a_year_on, "stood in the year before"),
    Case(UNSD, "half the rows", half, "lacks"),
    Case(JAMAICA, "2021 times ten", times(["Value"], 10, "Year == '2021'"), "10 times"),
    Case(JAMAICA, "sexes exchanged", exchanged("Disaggregation Level", "Male", "Female"),
         "under the other sex"),
    Case(CANADA, "the last year times ten", times(["Value"], 10, "Year == '2024'"), "Canada, 2024"),
    Case(GSA, "a form lost", without("exploitation == 'invol_serv'"), "lacks"),
    Case(BRAZIL, "a figure times ten", times(["value"], 10, "value == '2186'"), "10"),
    Case(REPORT, "times ten", times(["value"], 10), "10"),
)  # fmt: skip

HONEST: Final = (
    Honest(GLOTIP, "a new year", year_2023(grown(lambda frame: frame))),
    Honest(GLOTIP, "commas in thousands",
           lambda frame: frame.assign(txtVALUE=frame["txtVALUE"].str.replace(
               r"^(\d)(\d{3})$", r"\1,\2", regex=True))),
    Honest(PARAGUAY, "79,0 printed as 79, and a new year", paraguay_2023),
    Honest(CANADA, "two decimals",
           lambda frame: frame.assign(Value=frame["Value"].astype(float).map("{:.2f}".format))),
    Honest(CANADA, "another estimate of the population", times(["Value"], 1.003)),
    Honest(BRAZIL, "a figure revised", times(["value"], 1.09, "value == '2186'")),
    Honest(JAMAICA, "0.0 printed as 0",
           lambda frame: frame.assign(Value=frame["Value"].str.removesuffix(".0"))),
)  # fmt: skip
"""Real releases changed as an honest publisher does; they must pass."""
