-- One row per statement of the reports and code, the newest report first.
select
    ref_area, report_year, kind, rank, code, summary, is_cut, provenance, coalesce(address, '') as address, is_weak, is_counted,
    coalesce(doubt, '') as doubt,
    coalesce(objection, '') as objection,
    coalesce(objected_by, '') as objected_by,
    coalesce(objection_address, '') as objection_address
from published.assessment_statement
order by
    ref_area, report_year desc, list_position((select list(code) from codelist.assessment_kind), kind),
    rank, list_position((select list(code) from codelist.assessment_code), code);
