"""Years as printed: the two calendar years of a year that begins in another month."""

from functools import cache

from schemas import codelists


def printed_year(year: int, time_basis: str) -> str:
    """Return `2022`, or `2022/23` for a year that is no calendar year.

    A year that begins in July or later ends in the year of its label.
    """
    begins = _first_days()[time_basis]
    if begins == "01-01":
        return str(year)
    first = year - 1 if begins >= "07" else year
    return f"{first}/{(first + 1) % 100:02}"


@cache
def _first_days() -> dict[str, str]:
    """Return the first day of each kind of year."""
    basis = codelists.load("time_basis")
    return dict(zip(basis["code"], basis["start_mm_dd"], strict=True))
