"""The content of a file in one form for all sources: figures, and rows without one."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

USUAL = {
    "freq": "A", "time_basis": "CY", "sex": "_T", "age": "_T", "exploitation": "_T",
    "citizenship": "_T", "counterpart_role": "_Z", "counterpart_area": "_Z", "breakdown": "_T",
}  # fmt: skip
CODES = ["ref_area", "indicator", "time_period", *USUAL]
READ = ["value_raw", "value", "lower", "upper", "status", "conf_status"]

SUPPRESSED, MISSING, EXACT = "suppressed", "missing", "exact"
"""Kinds of status, whatever else a status says of a figure."""


@dataclass(frozen=True)
class Recount:
    """The content of a source's files.

    Attributes:
        figures: what is to be published, a row a figure: `place`, the release and the locator;
            CODES; READ; `rows`, how many of the publisher's rows it is made of; `whole`, the total
            of a part that may be hidden for the sake of another, else missing.
        no_code: rows with a figure for which there is no one code: `place`, `value_raw`.
        aside: how many rows of each release are no figures of ours, by design.
    """

    figures: pd.DataFrame
    no_code: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["place", "value_raw"], dtype=str)
    )
    aside: dict[str, int] = field(default_factory=dict)

    def rows(self, release: str) -> int:
        """Count how many rows the file of a release has."""
        here, kept_out = (
            frame[frame["place"].str.startswith(release)] for frame in (self.figures, self.no_code)
        )
        return int(here["rows"].sum()) + len(kept_out) + self.aside.get(release, 0)


def figures(frame: pd.DataFrame, decimal: str = ".") -> pd.DataFrame:
    """The figures of a frame with release, locator, value_raw and the codes that are not usual.

    A column `least`, where a frame has it, is the least that a text such as `<5` stands for.
    """
    printed = frame[["value_raw"]].assign(least=frame.get("least", 0))
    texts = {each: figure(each[0], decimal, each[1]) for each in _rows(printed.drop_duplicates())}
    read = pd.DataFrame([texts[each] for each in _rows(printed)], columns=READ[1:])
    usual = {name: code for name, code in {**USUAL, "rows": 1}.items() if name not in frame}
    whole = {} if "whole" in frame else {"whole": np.nan}
    place = frame["release"] + ", " + frame["locator"]
    filled = frame.assign(
        place=place, **usual, **whole, **{name: read[name].array for name in read}
    )
    return filled[["place", *CODES, *READ, "rows", "whole"]].reset_index(drop=True)


def _rows(frame: pd.DataFrame) -> list[tuple]:
    return list(frame.itertuples(index=False, name=None))


def figure(text: str, decimal: str = ".", least: float = 0) -> tuple[float, float, float, str, str]:
    """Value, lower and upper bound, status and confidentiality of a printed text.

    Texts of several rows, joined by a plus, are their sum. `<5` is `least` to 4.
    """
    if not text:
        return (np.nan, np.nan, np.nan, MISSING, "F")
    rows = [_bounds(each, decimal, least) for each in text.split(" + ")]
    lower, upper = (sum(bounds) for bounds in zip(*rows, strict=True))
    if "<" in text:
        return (np.nan, lower, upper, SUPPRESSED, "A")
    return (lower, lower, upper, EXACT, "F")


def _bounds(text: str, decimal: str, least: float) -> tuple[float, float]:
    if text.startswith("<="):
        return (0.0, float(text[2:]))
    if text.startswith("<"):
        return (float(least), float(text[1:]) - 1)
    value = float(text.replace("," if decimal == "." else ".", "").replace(decimal, "."))
    return (value, value)


def table(path, encoding: str = "utf-8-sig", sep: str = ",") -> pd.DataFrame:
    """A text file as printed, and `row`, the row of the file in which each line stands."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding=encoding, sep=sep)
    return frame.assign(row=[str(number) for number in range(2, 2 + len(frame))])
