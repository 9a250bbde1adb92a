"""What other figures show to be doubtful: forms, other units, jumps of one part of a country."""

import duckdb
import pytest
from small_warehouse import cells, once_doubted

UNODC = "PER 2022 source=int_unodc_glotip "
POLICE = "PER 2022 source=per_mininter VIC_RECORDED "
TOTALS = f"{UNODC} 631; {POLICE} 631; "
FORMS = f"{UNODC} SX 331; {UNODC} FL 12; {UNODC} FL F 7; {UNODC} OTH 288; "
OWN_FORMS = f"{POLICE} SX 331; {POLICE} FL 173"


def doubted(warehouse: duckdb.DuckDBPyConnection, rows: str) -> dict[str, str]:
    """Return the first reason of each doubtful figure, by what identifies it."""
    reasons = (
        "select concat_ws(' ', ref_area, indicator, time_period, nullif(exploitation, '_T'), "
        "nullif(sex, '_T')), (select code from codelist.remark where severity = 'doubt' "
        "and list_contains(flags, code) order by rank::integer limit 1) "
        "from harmonised.observation where has_status(obs_status, 'U')"
    )
    return dict(once_doubted(warehouse, reasons, *cells(rows)))


def test_forms_that_the_states_own_file_of_the_same_total_contradicts(warehouse) -> None:
    found = doubted(warehouse, TOTALS + FORMS + OWN_FORMS)
    forms = ("FL", "FL F", "OTH")  # sexual exploitation is the same in both
    assert found == {f"PER VIC_DETECT 2022 {form}": "OWN_FORMS" for form in forms}


@pytest.mark.parametrize(
    ("rows", "doubtful"),
    [
        (TOTALS + FORMS, set()),
        (TOTALS + FORMS + f"{POLICE} SX 331", set()),
        (f"{UNODC} 631; {POLICE} 632; " + FORMS + OWN_FORMS, set()),
        # A suppressed figure contradicts what it cannot be.
        (TOTALS + FORMS + f"{POLICE} SX 331; {POLICE} FL <5", {"FL", "FL F", "OTH"}),
        (TOTALS + f"{UNODC} FL <5; {POLICE} FL 173", {"FL"}),
        (TOTALS + f"{UNODC} FL <5; {POLICE} FL <5", set()),
        # Few persons may be as many by chance.
        (f"{UNODC} 19; {POLICE} 19; {UNODC} SX 9; {POLICE} SX 1", set()),
    ],
)
def test_only_what_contradicts_is_doubtful(warehouse, rows: str, doubtful: set) -> None:
    assert {text.partition("2022 ")[2] for text in doubted(warehouse, rows)} == doubtful


def test_the_states_own_file_goes_before_a_filled_column(warehouse) -> None:
    """Where the state's own file has the form, `<5` is no sign that it did not report."""
    filled = TOTALS + f"{UNODC} obs_status=Q,U flags=MAY_BE_FILLED FL <5"
    for more, reason in (("", "MAY_BE_FILLED"), (f"; {POLICE} FL 173", "OWN_FORMS")):
        assert doubted(warehouse, filled + more) == {"PER VIC_DETECT 2022 FL": reason}


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        ("MAY_BE_FILLED", "MAY_BE_FILLED"),
        ("REFUTED_ZERO", "REFUTED_ZERO"),
        ("MAY_BE_FILLED,CONTRADICTED", "CONTRADICTED"),
        ("REFUTED_ZERO,CONTRADICTED", "CONTRADICTED"),
    ],
)
def test_a_doubtful_nought(warehouse, flags: str, reason: str) -> None:
    """It may be no report, unless other figures refute it; and a reader knows more than both."""
    found = doubted(warehouse, f"{UNODC} obs_status=U flags={flags} 0")
    assert found == {"PER VIC_DETECT 2022": reason}


PERSONS = "source=per_mininter VIC_RECORDED PER 2019:"


@pytest.mark.parametrize(
    ("rows", "doubtful"),
    [
        (f"PER OFF_RECORDED 2019: 509 372 71; {PERSONS} 509 372 535", {"2019", "2020"}),
        # One year of several is chance; of one alone, a total of 100 or more is none.
        (f"PER OFF_RECORDED 2019: 509 71; {PERSONS} 509 372", set()),
        (f"PER OFF_RECORDED 2019: 509; {PERSONS} 509", {"2019"}),
        (f"PER OFF_RECORDED 2019: 50; {PERSONS} 50", set()),
        # The same unit, an incident for an offence, and a source that is not the state's own.
        (f"PER VIC_DETECT 2019: 509; {PERSONS} 509", set()),
        ("CAN OFF_RECORDED 2019: 509; CAN source=can_statcan INC_RECORDED 2019: 509", set()),
        ("PER OFF_RECORDED 2019: 509; PER source=usa_tip_report VIC_RECORDED 2019: 509", set()),
    ],
)
def test_the_number_of_the_states_own_file_that_counts_another_unit(
    warehouse, rows: str, doubtful: set[str]
) -> None:
    assert doubted(warehouse, rows) == {
        f"PER OFF_RECORDED {year}": "OTHER_UNIT" for year in doubtful
    }


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
    fiscalia = "source=col_fiscalia VIC_RECORDED"
    rows = (
        f"{fiscalia} COL 2024: {whole[0]}; {fiscalia} COL obs_status={status} 2025: {whole[1]}; "
        f"{fiscalia} CO-NSA 2024: {part[0]} {part[1]}"
    )
    areas = ("COL", "CO-NSA") if is_doubtful else ()
    assert doubted(warehouse, rows) == {f"{area} VIC_RECORDED 2025": "ONE_PART" for area in areas}


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
