"""Years as printed: the two calendar years of a year that begins in another month."""

from schemas import codelists


def printed_year(year: int, time_basis: str) -> str:
    """Return `2022`, or `2022/23` for a year that is no calendar year.

    A year that begins in July or later ends in the year of its label.
    """
    begins = codelists.column("time_basis", "start_mm_dd")[time_basis]
    if begins == "01-01":
        return str(year)
    first = year - 1 if begins >= "07" else year
    return f"{first}/{(first + 1) % 100:02}"
