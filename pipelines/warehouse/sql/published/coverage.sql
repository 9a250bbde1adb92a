-- One row per state of the Americas, indicator and year: whether some source has the total, and if not,
-- what is known of its absence. Indicators of which a source has a figure of some state; years from
-- the first to the last of which one has. Where sources differ, the first status of the list
-- counts; its status of the total comes before figures of parts. No state is late in a year of which
-- only others repeat figures of a source: they may have left it out.
-- ref_area: State, ISO 3166-1 alpha-3.
-- time_period: Year, YYYY, of whichever kind each source has.
-- year: Year of the period, as a number.
-- coverage_status: Whether the total is there (codelist.coverage_status).
-- sources: Sources of which the status is true; empty where no source has anything on the year.
-- first_period: First year of which a source has figures of the state, suppressed and parts
--   included.
-- last_period: Last such year; empty, like the first, if there is none.
-- key: ref_area, indicator, year
-- terms: sources
-- extract: workbook
-- disclosure: none
create table published.coverage as
with placed as (
    select
        current.*,
        coalesce(subdivision.country, ref_area) as country,
        -- Those who came back from all other countries together are a total too.
        subdivision.country is null
        and is_headline(
            freq, sex, age, exploitation, citizenship,
            case
                when counterpart_role = 'REPAT' and counterpart_area = '_T' then '_Z'
                else counterpart_role
            end,
            breakdown
        )
        and time_basis not in ('CUM', 'OTHER', 'UNK') as is_total
    from harmonised.current_text as current
    left join codelist.subdivision on subdivision.code = current.ref_area
),
reported as (
    select
        source,
        country as ref_area,
        indicator,
        year,
        case
            when not is_total then case when lower is not null then 'partial' end
            when value is not null then 'reported'
            when lower is not null then 'suppressed'
            else 'missing'
        end as coverage_status
    from placed
    union
    select
        source,
        country,
        indicator,
        year,
        case
            when upper is null or not is_whole_year or not is_whole_country then 'partial'
            when value is not null then 'reported'
            else 'suppressed'
        end
    from published.national_sum
    union
    -- A year that is no number is kept out, and cannot be placed.
    select source, ref_area, indicator, year, 'withheld'
    from published.not_held
    where why = 'WITHHELD' and year is not null
    union
    select source, ref_area::varchar, indicator::varchar, time_period::integer, 'withdrawn'
    from harmonised.observation
    join main.release using (source, release)
    where
        not release.is_current
        and lower is not null
        and time_basis not in ('CUM', 'OTHER', 'UNK')
        and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
),
of_state as (
    select reported.*, coverage_status in ('reported', 'suppressed', 'partial') as has_figure
    from reported
    join codelist.area on area.code = reported.ref_area and area.is_oas
    where coverage_status is not null
),
best as (
    select
        ref_area,
        indicator,
        year,
        arg_min(coverage_status, precedence::integer) as coverage_status
    from of_state
    join codelist.coverage_status as status on status.code = of_state.coverage_status
    group by all
),
stated as (
    select best.*, list(source order by source) as sources
    from best
    join of_state using (ref_area, indicator, year, coverage_status)
    group by all
),
span as (
    select indicator, unnest(range(min(year), max(year) + 1)) as year
    from of_state
    where has_figure
    group by indicator
),
read_there as (
    select distinct source, indicator, year
    from placed
    join main.release using (source, release)
    where provenance <> 'REPEATED'
),
reach as (
    select source, indicator, max(year) as newest
    from of_state
    semi join read_there using (source, indicator, year)
    where has_figure
    group by all
),
known as (
    select ref_area, indicator, min(year) as first_year, max(year) as last_year, max(newest) as due
    from of_state
    left join reach using (source, indicator)
    where has_figure
    group by all
)
select
    area.code as ref_area,
    span.indicator,
    span.year::varchar as time_period,
    span.year::integer as year,
    coalesce(
        stated.coverage_status,
        case
            when first_year is null then 'never'
            when span.year < first_year then 'not_yet'
            when span.year < last_year then 'gap'
            when span.year <= due then 'late'
            else 'ended'
        end
    ) as coverage_status,
    coalesce(stated.sources, []) as sources,
    first_year::varchar as first_period,
    last_year::varchar as last_period
from codelist.area
cross join span
left join stated
    on stated.ref_area = area.code
    and stated.indicator = span.indicator
    and stated.year = span.year
left join known on known.ref_area = area.code and known.indicator = span.indicator
where area.is_oas
order by all;
