"""What is known of each figure: each rule on planted figures."""

from small_warehouse import cells, holding
from tables import table
from warehouse_copies import renew

from pipelines.warehouse import sql_files
from schemas import codelists


def test_what_is_known_of_a_total_beside_others(warehouse) -> None:
    """Of lines of `remarks.csv`, a state each: the remarks, among some, on the total of 2011."""
    cases = dict(zip(codelists.oas_states(), table(__file__, "remarks.csv"), strict=False))
    rows = [{"ref_area": area, **row} for area, case in cases.items() for row in cells(case[0])]
    with holding(warehouse, *rows):
        warehouse.execute(sql_files.query("doubt"))
        renew(warehouse, "remark")
        known = warehouse.execute(
            "select ref_area, indicator, list(remark) from published.remark "
            "where (sex, age, exploitation, citizenship) = ('_T', '_T', '_T', '_T') "
            "and year = 2011 and source = 'int_unodc_glotip' group by all"
        ).fetchall()
    found = {(area, indicator): {*remarks} for area, indicator, remarks in known}
    for area, (observations, indicator, among, remark, why) in cases.items():
        here = found.get((area, indicator), set()) & {*among.split()}
        assert here == {*remark.split()}, (observations, why)


def test_every_code_of_the_list_has_a_severity_and_a_place() -> None:
    severities = set(codelists.column("remark", "severity").values())
    assert severities == {"doubt", "caution", "note", "absent"}
    assert all(rank.isdecimal() for rank in codelists.column("remark", "rank").values())
