-- One row per state of the Americas, core indicator and need: which figures would close its gaps,
-- whether the state publishes them itself or reports them to a source in this database. It is for
-- planning technical assistance, and no row judges a state: a need is what the state can do, never a
-- fault of a publisher's file (docs/errata) or a label that is not yet read. A suppressed figure is a
-- reported one and needs nothing; newer years that only an authority of another state prints are
-- asked for. Rates are not, since they follow from counts and population.
-- ref_area: State, ISO 3166-1 alpha-3.
-- need: What is needed (codelist.need).
-- need_step: Step of the order of priority that it belongs to (codelist.need_step): begin the three
--   main counts, report newer years, fill gaps, add totals, record sex and age, break down, begin
--   others.
-- priority: Rank of the need among those of the state, from 1: by step; within a step the main
--   counts come first, then the other indicators in the order of their list.
-- periods: Years that it concerns, in order; none for BEGIN.
-- unknown_share: TELL_UNKNOWN: of the persons of one of the years, the greatest share whose sex
--   or age is not reported; empty for other needs.
-- sources: Sources that have figures of the state and indicator.
-- states: How many states of the Americas have figures of the indicator in some source.
-- key: ref_area, indicator, need
-- terms: sources
-- extract: workbook
-- disclosure: derived
create table published.need as
with core as (
    select
        code as indicator,
        string_split(dims_allowed, ' ') as dimensions,
        code in ('VIC_DETECT', 'PER_PROSEC', 'PER_CONVICT') as is_main,
        -- The type lists the codes in the order of the code list.
        code::main.indicator as listed
    from codelist.indicator
    where core and unit_measure not in ('PER_100000_POP', 'BOOL')
),
covered as (
    select
        *,
        time_period < (
            -- A release of 31 December may cover the whole year.
            select left((max(release)::date + 1)::varchar, 4)
            from main.release
            where list_contains(coverage.sources, release.source)
        ) as is_over
    from published.coverage
    semi join core using (indicator)
),
pair as (
    select
        area.code as ref_area,
        core.indicator,
        any_value(core.dimensions) as dimensions,
        coalesce(bool_or(coverage_status not in ('never', 'missing')), false) as has_begun,
        list_sort(list_distinct(flatten(
            list(sources) filter (coverage_status in ('reported', 'suppressed', 'partial'))
        ))) as sources,
        count(max(first_period)) over (partition by core.indicator) as states
    from codelist.area
    cross join core
    left join covered on covered.ref_area = area.code and covered.indicator = core.indicator
    where area.is_oas
    group by area.code, core.indicator
),
own as (
    select
        ref_area,
        indicator,
        max(year) as last_total,
        max(max(year)) over (partition by source, indicator) as newest
    from published.national_series
    where not reports_on_another_state(source, ref_area)
    group by source, ref_area, indicator
),
placed as (
    select
        coalesce(subdivision.country, ref_area) as state,
        indicator,
        year,
        reports_on_another_state(source, state) as is_by_another
    from harmonised.current_text
    join main.release using (source, release)
    left join codelist.subdivision on subdivision.code = current_text.ref_area
    where lower is not null and provenance <> 'REPEATED'
),
read_there as (
    -- Neither a year that only others repeat nor one that another state prints after the state's own
    -- is a sign that the state reports the years before it.
    select
        state as ref_area,
        indicator,
        coalesce(max(year) filter (not is_by_another), max(year)) as last_year
    from placed
    group by all
),
absent as (
    select
        ref_area,
        indicator,
        case
            when coverage_status = 'partial' and is_over then 'COMPLETE'
            when coverage_status = 'late' then 'UPDATE'
            when
                coverage_status in ('reported', 'suppressed')
                and year > last_total
                and year <= newest
                and list_bool_and(
                    list_transform(sources, lambda one: reports_on_another_state(one, ref_area))
                )
                then 'UPDATE'
            when coverage_status not in ('gap', 'withdrawn', 'missing') then null
            when year > coalesce(last_year, last_period::integer) then 'UPDATE'
            when coverage_status <> 'missing' or time_period < last_period then 'FILL'
        end as need,
        time_period
    from covered
    left join read_there using (ref_area, indicator)
    left join own using (ref_area, indicator)
),
kept_out as (
    -- What a publisher's file spoils was reported, but what it prints in place of "no answer" was not.
    select
        coalesce(subdivision.country, ref_area::varchar) as country,
        indicator::varchar as indicator,
        left(time_period, 4) as year,
        list_filter(
            [
                case when sex <> '_T' then 'SEX' end,
                case when age <> '_T' then 'AGE' end,
                case when exploitation <> '_T' then 'EXPLOITATION' end,
                case when citizenship is null or citizenship <> '_T' then 'CITIZENSHIP' end
            ],
            lambda breakdown: breakdown is not null
        ) as breakdowns
    from main.quarantine
    join main.release using (source, release)
    left join codelist.subdivision on subdivision.code = quarantine.ref_area
    where
        release.is_current
        and rule <> 'no_stand_in_for_no_answer'
        and rule not in (select code from codelist.remark where no_answer)
),
divided as (
    select
        country as ref_area,
        indicator,
        year as time_period,
        max(total) as total,
        flatten(list(breakdowns)) as breakdowns
    from (from harmonised.breakdowns_available union all by name from kept_out)
    -- The state may have reported parts that others left out when they repeated the total.
    where is_repeated is not true
    group by all
),
undivided as (
    select ref_area, indicator, dimension.need, time_period
    from covered
    join divided using (ref_area, indicator, time_period)
    join pair using (ref_area, indicator)
    -- Only of a total that is cited can a reader see what is to be divided.
    semi join published.national_series using (ref_area, indicator, time_period)
    join (
        values ('BY_SEX', 'SEX'), ('BY_AGE', 'AGE'), ('BY_FORM', 'EXPLOITATION'),
        ('BY_CITIZENSHIP', 'CITIZENSHIP')
    ) as dimension (need, name)
        on list_contains(dimensions, name) and not list_contains(breakdowns, name)
    -- A part of a smaller total could lead to a person, so none is asked for.
    where
        coverage_status = 'reported'
        and not coalesce(total < parameter.least_total_to_break_down(), false)
),
unknown as (
    select
        country as ref_area,
        indicator,
        year as time_period,
        greatest(
            min(
                case when sex_unknown < parameter.least_unknown() then 0
                else sex_unknown / persons_by_sex end
            ),
            min(
                case when age_unknown < parameter.least_unknown() then 0
                else age_unknown / persons_by_age end
            )
        ) as share
    from harmonised.sex_age_known
    group by all
    having share >= parameter.share_of_unknown()
),
needed as (
    from absent
    where need is not null
    union all by name
    from undivided
    union all by name
    select ref_area, indicator, 'TELL_UNKNOWN' as need, time_period, share
    from unknown
    union all by name
    select ref_area, indicator, 'BEGIN' as need
    from pair
    anti join kept_out on kept_out.country = pair.ref_area and kept_out.indicator = pair.indicator
    where not has_begun and states > 0
),
stepped as (
    select
        *,
        case
            when need = 'BEGIN' and is_main then 'BEGIN_MAIN'
            when need = 'BEGIN' then 'BEGIN_OTHER'
            when need like 'BY_%' then 'BREAK_DOWN'
            else need
        end as need_step
    from needed
    join core using (indicator)
)
select
    ref_area,
    indicator,
    need,
    need_step,
    row_number() over (
        partition by ref_area order by any_value(precedence::integer), is_main desc, listed, need
    ) as priority,
    coalesce(list(distinct time_period order by time_period) filter (time_period is not null), [])
        as periods,
    max(share) as unknown_share,
    coalesce(any_value(sources), []) as sources,
    any_value(states) as states
from stepped
join codelist.need_step as step on step.code = need_step
join pair using (ref_area, indicator)
group by ref_area, indicator, need, need_step, is_main, listed
order by all;
