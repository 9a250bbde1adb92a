-- One row per state of the Americas, year of a report and code: whether the report recommends it,
-- credits an effort under it, or both; where it does neither, whether that could be known. Nothing is
-- inferred from silence: of a cut list only what it names is known. What was read only at a place too
-- weak to rest on is said to be, and a statement whose code is in doubt counts as not named. A state
-- of which the source has no report of any year has no chapter.
-- report_year: Year of the report, as a number.
-- code: What it is about (codelist.assessment_code).
-- standing: Outcome (codelist.assessment_standing).
-- is_shortfall: Whether the report names a shortfall under the code; empty if none was read and the list
--   of shortfalls was not read to its end.
-- is_self: Whether it is the government's own assessment of itself.
-- locator: Place of the first statement with the code: file, row; empty where there is none.
-- key: ref_area, report_year, code
-- terms: source
-- extract: csv, parquet
-- disclosure: none
create table published.assessment_state as
with report as (
    select source, report_year
    from published.assessment
    group by all
),
read_there as (
    select
        source, ref_area, report_year,
        -- What others repeat of a list may leave items out.
        efforts_cut or recommendations_cut or provenance = 'REPEATED' as is_cut,
        shortfalls_cut
    from published.assessment
    where is_read
),
named as (
    select
        source, ref_area, report_year, code,
        bool_or(kind = 'RECOMMENDATION') as is_recommended,
        bool_or(kind = 'EFFORT') as is_credited,
        bool_or(kind = 'SHORTFALL') as is_shortfall,
        arg_min(locator, place) as locator
    from (
        select *, row_number() over (order by kind desc, rank) as place
        from published.assessment_statement
        where is_counted
    )
    group by all
)
select
    report.source,
    area.code as ref_area,
    report.report_year,
    listed.code,
    case
        when not exists (
            from published.assessment as any_year
            where any_year.source = report.source and any_year.ref_area = area.code
        ) then 'NO_CHAPTER'
        when read_there.ref_area is null then if(coalesce(is_read_weakly, false), 'READ_WEAKLY', 'NOT_READ')
        when is_recommended and is_credited then 'BOTH'
        when is_recommended then 'RECOMMENDED'
        when is_credited then 'CREDITED'
        when read_there.is_cut then 'LIST_CUT'
        else 'NOT_NAMED'
    end as standing,
    case
        when read_there.ref_area is null then null
        when named.is_shortfall then true
        when read_there.shortfalls_cut then null
        else false
    end as is_shortfall,
    starts_with(report.source, lower(area.code)) as is_self,
    named.locator
from report
cross join codelist.area as area
cross join codelist.assessment_code as listed
left join read_there
    on read_there.source = report.source
    and read_there.ref_area = area.code
    and read_there.report_year = report.report_year
left join published.assessment as found
    on found.source = report.source
    and found.ref_area = area.code
    and found.report_year = report.report_year
left join named
    on named.source = report.source
    and named.ref_area = area.code
    and named.report_year = report.report_year
    and named.code = listed.code
where area.is_oas and listed.code <> '_Z'
order by
    area.code, report.report_year,
    list_position((select list(code) from codelist.assessment_code), listed.code);
