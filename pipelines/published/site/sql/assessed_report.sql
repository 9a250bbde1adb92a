-- One row per report of the United States and state, as published.assessment has it, the newest first.
-- statements: Number of codes of its statements.
-- reading: WHOLE, CUT (a list could not be read to its end), TIER (the tier alone) or WEAK (the tier, or
--   all more than it, read only where it cannot be rested on).
select
    source, ref_area, report_year, tier, direction, provenance, coalesce(address, '') as address,
    (
        select count(*)
        from published.assessment_statement as said
        where said.ref_area = assessment.ref_area and said.report_year = assessment.report_year
    ) as statements,
    case
        when is_weak or is_read_weakly then 'WEAK'
        when not is_read then 'TIER'
        when efforts_cut or shortfalls_cut or recommendations_cut then 'CUT'
        else 'WHOLE'
    end as reading
from published.assessment
order by ref_area, report_year desc;
