"""Changes to a publisher's table, as text, as a slip of his would make."""

from collections.abc import Callable
from typing import Final

import pandas as pd

MONTHS: Final = ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio"]
ALL_MONTHS: Final = [*MONTHS, "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"]

PLACE: Final = ["Iso3_code", "Country", "Region", "Subregion"]
TOTALS: Final = "Category == 'Total' and Sex == 'Total' and Age == 'Total'"
VICTIMS: Final = "Detected trafficking victims"

Change = Callable[[pd.DataFrame], pd.DataFrame]


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


def later(column: str) -> Change:
    """Date every figure a year later."""
    return lambda frame: frame.assign(**{column: (frame[column].astype(int) + 1).astype(str)})


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


def year_2023(then: Change, of: str = "2022") -> Change:
    """Add the rows of a year of UNODC, the last or an earlier one, as those of 2023, changed."""
    return added(lambda frame: then(frame[frame["Year"] == of].assign(Year="2023")))


def added(new: Change) -> Change:
    """Add rows made of the table, and number them."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        rows = numbered(new(frame.reset_index(drop=True)).reset_index(drop=True))
        return pd.concat([frame, rows], ignore_index=True)

    return change


def totals_of(area: str, figure: str) -> Change:
    """Return totals of detected victims that a state has no figures of, from 2008 to 2022."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        model = frame[frame["Iso3_code"] == "ARG"].query(TOTALS).query("Indicator == @VICTIMS")
        place = frame.loc[frame["Iso3_code"] == area, PLACE].iloc[0]
        return model.assign(**place.to_dict(), txtVALUE=figure)

    return change


def zeros_of(*areas: str) -> Change:
    """Return zeros for states that have no figure of forced labour in 2005, an old year."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        model = frame.query(
            "Indicator == @VICTIMS and Category == 'Forced labour' and Sex == 'Total' "
            "and Age == 'Total'"
        ).head(1)
        places = frame.drop_duplicates("Iso3_code").set_index("Iso3_code", drop=False)[PLACE]
        rows = [model.assign(**places.loc[area], Year="2005", txtVALUE="0") for area in areas]
        return pd.concat(rows)

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
