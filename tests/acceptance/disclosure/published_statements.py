"""Published views turned back into statements about single cells, for the attack.

Rates and their limits become counts again; `published_bounds` reads what a view says of several
figures at once. The attacker ascribes a figure in a view to the release that the view names.
"""

from typing import Final

import numpy as np
import pandas as pd
from published_bounds import BY_MANY
from scipy import stats
from statements import Connection, read, statements

from pipelines.warehouse import declarations

Renamed = dict[str, str]

_OTHER: Final = {"other_source": "source", "other_release": "release", "other_value": "value"}


def views(connection: Connection) -> pd.DataFrame:
    """Read all statements of the views, printed too or not; but no rate that a source prints."""
    rates = _rates(connection)
    claims = [
        _counts(read(connection, f"published.{view.name}"), names)
        for view in declarations.every()
        for names in view.repeats
    ]
    claims += [rates[rates["origin"] != "PUBLISHED"], _limits(rates)]
    claims += [each(connection) for turned in TURNED_BACK.values() for each in turned]
    return pd.concat(map(statements, claims), ignore_index=True)


def printed_rates(connection: Connection) -> pd.DataFrame:
    """The counts that follow from rates which a source prints itself, as that source's."""
    rates = _rates(connection)
    return statements(rates[rates["origin"] == "PUBLISHED"])


def _counts(rows: pd.DataFrame, names: Renamed) -> pd.DataFrame:
    """Return the counts among the rows of a view, with the usual names of their columns."""
    rows = rows[~rows["indicator"].str.endswith("_RATE")] if "indicator" in rows else rows
    if names:
        replaced = {"value", "lower", "upper", *names.values()} & {*rows.columns}
        rows = rows.drop(columns=[*replaced]).rename(columns=names)
    return rows


def _ratios(connection: Connection) -> pd.DataFrame:
    """Either figure of two sources, from the other and from their ratio."""
    pairs = read(connection, "published.discrepancy")
    ones = pairs.assign(value=pairs["other_value"] / pairs["ratio"])
    others = _counts(pairs, _OTHER)
    return pd.concat([ones, others.assign(value=pairs["ratio"] * pairs["value"])])


def _rates(connection: Connection) -> pd.DataFrame:
    """Compute counts from rates, as exact as their text, with the population of sex and age.

    A rate that is hidden, but for its bounds, bounds the count.
    """
    columns = "source, release, locator, value_raw, lower, upper"
    texts = read(connection, "published.observation", columns)
    rates = read(connection, "published.rate").merge(texts, "left", texts.columns[:3].tolist())
    per_rate = _residents(connection, rates) / 100_000
    decimals = rates["value_raw"].str.extract(r"[.,](\d+)")[0].str.len().fillna(0)
    is_printed = rates["origin"] == "PUBLISHED"
    half = (0.5 * 10.0**-decimals).where(is_printed, 0)
    return rates.assign(
        value=np.nan,
        lower=(rates["lower"].where(is_printed, rates["value"]) - half) * per_rate,
        upper=(rates["upper"].where(is_printed, rates["value"]) + half) * per_rate,
        limit=rates["confidence_upper"] * per_rate,
        wide_limit=rates["dispersed_upper"] * per_rate,
    )


def _residents(connection: Connection, rates: pd.DataFrame) -> pd.Series:
    """Return the residents of the sex and age of each rate."""
    people = rates.groupby(["ref_area", "time_period", "sex", "age"])["population"]
    of_state = connection.sql(
        "select ref_area::varchar as ref_area, time_period, sum(value) as residents "
        "from main.population group by all"
    ).df()
    whole = rates[["ref_area", "time_period"]].merge(of_state, "left")["residents"]
    is_whole = (rates["sex"] == "_T") & (rates["age"] == "_T")
    return people.transform("max").fillna(whole.where(is_whole))


def _limits(rates: pd.DataFrame) -> pd.DataFrame:
    """Small counts from the upper limits of their intervals: at most so many are as rare."""
    found = []
    for count in range(5):
        size = 1 / rates["dispersion"]
        rare = stats.nbinom.cdf(count, size, size / (size + rates["wide_limit"]))
        is_its = np.isclose(stats.poisson.cdf(count, rates["limit"]), 0.025)
        found.append(rates[is_its | np.isclose(rare, 0.025)].assign(value=count))
    return pd.concat(found)


def _shares(connection: Connection) -> pd.DataFrame:
    return read(connection, "published.share").assign(is_share=True)


def _shared(connection: Connection) -> pd.DataFrame:
    """Compute counts from exact shares."""
    columns = "source, release, locator as total_locator, value as total"
    total = read(connection, "published.observation", columns)
    shares = read(connection, "published.share").merge(total)
    counts = shares["value"] * shares["total"] / 100
    return shares.drop(columns=["lower", "upper"]).assign(value=counts)


TURNED_BACK: Final = {
    "rate": (),  # `views` turns rates back, and tells those that a source prints apart
    "discrepancy": (_ratios,),
    "share": (_shares, _shared),
    **BY_MANY,
}
"""How single figures are computed from each view that declares that they can be."""
