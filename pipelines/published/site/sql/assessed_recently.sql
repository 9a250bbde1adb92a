-- One row per state and code: what the reports of the last years together say under the code. Only what
-- was read to its end in every one of these years is named in neither list.
-- first_year: First of these years.
-- last_year: Last of them.
-- standing: Outcome (codelist.assessment_standing).
with recent as (
    select *
    from published.assessment_state
    where report_year
        > (select max(report_year) from published.assessment_state) - parameter.reports_of_standing()
)
select
    ref_area,
    code,
    min(report_year) as first_year,
    max(report_year) as last_year,
    case
        when bool_or(standing in ('RECOMMENDED', 'BOTH'))
            then if(bool_or(standing in ('CREDITED', 'BOTH')), 'BOTH', 'RECOMMENDED')
        when bool_or(standing in ('CREDITED', 'BOTH')) then 'CREDITED'
        when bool_and(standing in ('NOT_READ', 'READ_WEAKLY'))
            then if(bool_or(standing = 'READ_WEAKLY'), 'READ_WEAKLY', 'NOT_READ')
        when bool_and(standing in ('NO_CHAPTER', 'NOT_NAMED')) then any_value(standing)
        else 'LIST_CUT'
    end as standing
from recent
group by ref_area, code
order by ref_area, list_position((select list(code) from codelist.assessment_code), code);
