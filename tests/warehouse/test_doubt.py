"""What other figures show to be doubtful: forms, other units, jumps of one part of a country."""

import duckdb
import pytest
from conftest import suppressed
from small_warehouse import Row, once_doubted

UNODC: Row = {"ref_area": "PER", "time_period": "2022", "source": "int_unodc_glotip"}
POLICE: Row = UNODC | {"source": "per_mininter", "indicator": "VIC_RECORDED"}
TOTALS: list[Row] = [UNODC | {"value": 631}, POLICE | {"value": 631}]
FORMS: list[Row] = [
    UNODC | {"value": 331, "exploitation": "SX"},
    UNODC | {"value": 12, "exploitation": "FL"},
    UNODC | {"value": 7, "exploitation": "FL", "sex": "F"},
    UNODC | {"value": 288, "exploitation": "OTH"},
]
OWN_FORMS: list[Row] = [
    POLICE | {"value": 331, "exploitation": "SX"},
    POLICE | {"value": 173, "exploitation": "FL"},
]


def doubted(warehouse: duckdb.DuckDBPyConnection, *rows: Row) -> dict[str, str]:
    """Return the first reason of each doubtful figure, by what identifies it."""
    reasons = (
        "select concat_ws(' ', ref_area, indicator, time_period, nullif(exploitation, '_T'), "
        "nullif(sex, '_T')), (select code from codelist.remark where severity = 'doubt' "
        "and list_contains(flags, code) order by rank::integer limit 1) "
        "from harmonised.observation where has_status(obs_status, 'U')"
    )
    return dict(once_doubted(warehouse, reasons, *rows))


def forms(warehouse: duckdb.DuckDBPyConnection, *rows: Row) -> set[str]:
    return {text.partition("2022 ")[2] for text in doubted(warehouse, *rows)}


def test_forms_that_the_states_own_file_of_the_same_total_contradicts(warehouse) -> None:
    found = doubted(warehouse, *TOTALS, *FORMS, *OWN_FORMS)
    cells = ("FL", "FL F", "OTH")  # sexual exploitation is the same in both
    assert found == {f"PER VIC_DETECT 2022 {cell}": "OWN_FORMS" for cell in cells}


@pytest.mark.parametrize(
    ("rows", "doubtful"),
    [
        ([*TOTALS, *FORMS], set()),
        ([*TOTALS, *FORMS, OWN_FORMS[0]], set()),
        ([TOTALS[0], POLICE | {"value": 632}, *FORMS, *OWN_FORMS], set()),
        # A suppressed figure contradicts what it cannot be.
        ([*TOTALS, *FORMS, OWN_FORMS[0], POLICE | suppressed(exploitation="FL")],
         {"FL", "FL F", "OTH"}),
        ([*TOTALS, UNODC | suppressed(exploitation="FL"), OWN_FORMS[1]], {"FL"}),
        ([*TOTALS, UNODC | suppressed(exploitation="FL"), POLICE | suppressed(exploitation="FL")],
         set()),
        # Few persons may be as many by chance.
        ([row | {"value": 19} for row in TOTALS] + [row | {"value": 9} for row in FORMS[:1]]
         + [row | {"value": 1} for row in OWN_FORMS[:1]], set()),
    ],
)  # fmt: skip
def test_only_what_contradicts_is_doubtful(warehouse, rows: list[Row], doubtful: set) -> None:
    assert forms(warehouse, *rows) == doubtful


def test_the_states_own_file_goes_before_a_filled_column(warehouse) -> None:
    """Where the state's own file has the form, `<5` is no sign that it did not report."""
    filled = UNODC | suppressed(exploitation="FL", obs_status="Q;U", flags="MAY_BE_FILLED")
    assert doubted(warehouse, *TOTALS, filled) == {"PER VIC_DETECT 2022 FL": "MAY_BE_FILLED"}
    assert doubted(warehouse, *TOTALS, filled, OWN_FORMS[1]) == {
        "PER VIC_DETECT 2022 FL": "OWN_FORMS"
    }


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        ("MAY_BE_FILLED", "MAY_BE_FILLED"),
        ("REFUTED_ZERO", "REFUTED_ZERO"),
        ("MAY_BE_FILLED;CONTRADICTED", "CONTRADICTED"),
        ("REFUTED_ZERO;CONTRADICTED", "CONTRADICTED"),
    ],
)
def test_a_doubtful_nought(warehouse, flags: str, reason: str) -> None:
    """It may be no report, unless other figures refute it; and a reader knows more than both."""
    nought = UNODC | {"value": 0, "obs_status": "U", "flags": flags}
    assert doubted(warehouse, nought) == {"PER VIC_DETECT 2022": reason}


OFFENCES: Row = {"ref_area": "PER", "indicator": "OFF_RECORDED"}
PERSONS: Row = {"ref_area": "PER", "indicator": "VIC_RECORDED", "source": "per_mininter"}


def years(row: Row, **values: int) -> list[Row]:
    return [row | {"time_period": year[1:], "value": value} for year, value in values.items()]


@pytest.mark.parametrize(
    ("rows", "doubtful"),
    [
        ([*years(OFFENCES, y2019=509, y2020=372, y2021=71),
          *years(PERSONS, y2019=509, y2020=372, y2021=535)], {"2019", "2020"}),
        # One year of several is chance; of one alone, a total of 100 or more is none.
        ([*years(OFFENCES, y2019=509, y2020=71), *years(PERSONS, y2019=509, y2020=372)], set()),
        ([*years(OFFENCES, y2019=509), *years(PERSONS, y2019=509)], {"2019"}),
        ([*years(OFFENCES, y2019=50), *years(PERSONS, y2019=50)], set()),
        # The same unit, an incident for an offence, and a source that is not the state's own.
        ([*years(OFFENCES | {"indicator": "VIC_DETECT"}, y2019=509),
          *years(PERSONS, y2019=509)], set()),
        ([*years(OFFENCES | {"ref_area": "CAN"}, y2019=509),
          *years(PERSONS | {"ref_area": "CAN", "source": "can_statcan",
                            "indicator": "INC_RECORDED"}, y2019=509)], set()),
        ([*years(OFFENCES, y2019=509), *years(PERSONS | {"source": "usa_tip_report"}, y2019=509)],
         set()),
    ],
)  # fmt: skip
def test_the_number_of_the_states_own_file_that_counts_another_unit(
    warehouse, rows: list[Row], doubtful: set[str]
) -> None:
    found = doubted(warehouse, *rows)
    assert found == {f"PER OFF_RECORDED {year}": "OTHER_UNIT" for year in doubtful}


COLOMBIA: Row = {"source": "col_fiscalia", "indicator": "VIC_RECORDED", "ref_area": "COL"}
SANTANDER: Row = COLOMBIA | {"ref_area": "CO-NSA"}


@pytest.mark.parametrize(
    ("whole", "part", "status", "is_doubtful"),
    [
        ((486, 3298), (116, 2852), "A", True),
        ((486, 3298), (116, 1500), "A", False),  # the rest more than triples too
        ((486, 1400), (116, 1030), "A", False),  # no jump
        ((19, 100), (4, 80), "A", False),  # few
        ((486, 3298), (116, 2852), "B", False),  # the publisher states a break
    ],
)
def test_a_jump_that_one_part_of_the_country_makes(
    warehouse, whole: tuple, part: tuple, status: str, is_doubtful: bool
) -> None:
    rows = [
        *years(COLOMBIA, y2024=whole[0]),
        *years(COLOMBIA | {"obs_status": status}, y2025=whole[1]),
        *years(SANTANDER, y2024=part[0], y2025=part[1]),
    ]
    areas = ("COL", "CO-NSA") if is_doubtful else ()
    assert doubted(warehouse, *rows) == {f"{area} VIC_RECORDED 2025": "ONE_PART" for area in areas}


def test_the_doubtful_figures_in_use(query) -> None:
    found = query(
        "select ref_area::varchar, indicator::varchar, reasons[1], "
        "list(distinct time_period order by time_period) from harmonised.doubt "
        "semi join published.observation using (source, release, ref_area, indicator, time_basis, "
        "time_period) where reasons <> ['BELOW_PARTS'] group by all order by all"
    )
    assert found == [
        ("BOL", "VIC_DETECT", "PARTS_REVISED", ["2019"]),
        ("BRA", "VIC_DETECT", "PARTS_REVISED", ["2020", "2022"]),
        ("CAN", "VIC_DETECT", "OTHER_UNIT", ["2017", "2018"]),
        ("CO-NSA", "VIC_RECORDED", "ONE_PART", ["2025"]),
        ("COL", "VIC_RECORDED", "ONE_PART", ["2025"]),
        ("CRI", "VIC_DETECT", "PARTS_REVISED", ["2020"]),
        ("DOM", "VIC_DETECT", "PARTS_REVISED", ["2020"]),
        ("PER", "OFF_RECORDED", "OTHER_UNIT", ["2012", "2013", "2019", "2020", "2021", "2022"]),
        ("PER", "VIC_DETECT", "OWN_FORMS", ["2017", "2018", "2019", "2021"]),
        ("PER", "VIC_DETECT", "PARTS_REVISED", ["2019", "2020"]),
    ]


def test_a_doubtful_figure_is_neither_cited_nor_divided(query) -> None:
    assert query(
        "select source, year from published.national_series "
        "where ref_area = 'PER' and indicator = 'OFF_RECORDED' order by year"
    ) == [("int_unodc_glotip", year) for year in (2010, 2017, 2018, 2023)]
    assert query(
        "select max(year) from published.national_series "
        "where ref_area = 'COL' and indicator = 'VIC_RECORDED'"
    ) == [(2024,)]
    assert query(
        "select exploitation, value, withholding from published.share where ref_area = 'PER' and "
        "source = 'int_unodc_glotip' and indicator = 'VIC_DETECT' and year = 2022 "
        "and sex = '_T' and age = '_T' order by exploitation"
    ) == [
        ("FL", pytest.approx(27.42, abs=0.01), None),
        ("OTH", None, "DOUBTFUL"),
        ("SX", pytest.approx(52.46, abs=0.01), None),
    ]
    assert query(
        "select distinct value, withholding from published.rate "
        "where ref_area = 'COL' and source = 'col_fiscalia' and year = 2025 and sex = '_T'"
    ) == [(None, "DOUBTFUL")]
    assert query("select distinct withholding from published.rate where source = 'usa_sdg'") == [
        ("PARTIAL",)
    ]
