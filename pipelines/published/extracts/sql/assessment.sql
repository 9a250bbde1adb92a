-- One row per state, report and statement on it, if it may be passed on; one without a statement where
-- only the tier was read. A column whose name ends in _name holds codes, to be named in the reader's
-- language; the summary is in English.
-- self_assessment: A sign where a government judges itself.
-- list_cut: A sign where the list of this kind could not be read to its end.
-- weak_place: A sign where it was read only at a place that is too weak to rest on.
select
    assessment.ref_area,
    assessment.report_year as year,
    tier as tier_name,
    direction as direction_name,
    case when assessment.is_self then '×' end as self_assessment,
    kind as kind_name,
    rank,
    code as code_name,
    summary,
    case when is_cut then '×' end as list_cut,
    doubt as doubt_name,
    case when coalesce(statement.is_weak, assessment.is_weak) then '×' end as weak_place,
    coalesce(statement.provenance, assessment.provenance) as provenance_name,
    coalesce(statement.address, assessment.address) as address,
    objection,
    objected_by,
    source
from published.assessment
left join published.assessment_statement as statement using (source, ref_area, report_year)
semi join (from main.source where redistribute) as free using (source)
order by
    assessment.ref_area, assessment.report_year desc,
    list_position((select list(code) from codelist.assessment_kind), kind), rank, code;
