"""UNODC's country profiles: the figures as they were handed over."""

from recount.figures import Recount, figures
from recount.int_repeated import handed_over

RELEASE = "2018-12-31"


def recount(find) -> Recount:
    raw = handed_over(find, "copy of the publication")
    locator = raw["page"] + ", row " + (raw.index + 2).astype(str)
    return Recount(figures(raw.assign(release=RELEASE, locator=locator)))
