-- One row per state: the recommendation that stands in most of the last reports of the United States on
-- it of which a recommendation was read that counts; all that stand in as many, the one that stands
-- highest first. It is named as the view of one government. Lists may be cut, so what stands in fewer
-- reports may have been recommended as often.
-- area: State, ISO 3166-1 alpha-3.
-- form: MOST; SELF where the report is the government's own on itself; UNREAD where none was read;
--   NO_CHAPTER where the reports do not assess the state.
-- year: Year of the newest of these reports.
-- sources: Source of the reports.
-- args: Codes and numbers of the answer by name; see published.answer.
-- made_after: rules and statistics
create view judged.recommended as
with read_there as (
    select
        *,
        dense_rank() over (partition by ref_area order by report_year desc) as age
    from published.assessment_statement
    where kind = 'RECOMMENDATION' and is_counted
    qualify age <= parameter.last_reports()
),
report as (
    select
        ref_area, any_value(source) as source, count(distinct report_year) as reports,
        max(report_year) as newest
    from read_there
    group by ref_area
),
most as (
    select ref_area, part, list(code order by place, code) as codes
    from (
        select ref_area, code, count(distinct report_year) as part, avg(rank) as place
        from read_there
        group by ref_area, code
    )
    group by ref_area, part
    qualify part = max(part) over (partition by ref_area)
)
select
    state.area,
    case
        when state.area in (select ref_area from published.assessment_state where standing = 'NO_CHAPTER')
            then 'NO_CHAPTER'
        when report.source is null then 'UNREAD'
        when starts_with(source, lower(area)) then 'SELF'
        else 'MOST'
    end as form,
    null::varchar as indicator,
    report.source,
    newest as year,
    case when report.source is null then [] else [report.source] end as sources,
    case
        when report.source is null then '{}'::json
        else to_json({
            'subjects': {'codelist': 'assessment_code', 'codes': codes},
            'part': {'number': part},
            'is_every': case when part = reports then 'yes' else 'no' end,
            'reports': {'number': reports},
            'year': {'year': newest, 'time_basis': 'CY'}
        })
    end as args
from judged.state
left join report on report.ref_area = state.area
left join most on most.ref_area = state.area;
