"""UNODC's country profiles of 2018: the first official word on Grenada is a stated nil."""

from collections.abc import Callable


def test_known_answers(query: Callable) -> None:
    found = query(
        "select ref_area, indicator, time_basis, time_period, value, provenance "
        "from published.observation where source = 'int_unodc_profiles' order by all"
    )
    assert found == [
        ("ATG", "VIC_IDENT", "CY", "2014", 7, "COPY"),
        ("ATG", "VIC_IDENT", "CY", "2015", 8, "COPY"),
        ("GRD", "VIC_DETECT", "CUM", "2017", 0, "COPY"),
        ("TTO", "VIC_IDENT", "FY0401", "2017", 16, "COPY"),
    ]


def test_no_split_of_a_small_figure_is_printed(query: Callable) -> None:
    """The profile splits eight victims of 2015 by sex; one part is under 5."""
    finer = query(
        "select 1 from harmonised.observation "
        "where source = 'int_unodc_profiles' and (sex <> '_T' or age <> '_T')"
    )
    assert finer == []
