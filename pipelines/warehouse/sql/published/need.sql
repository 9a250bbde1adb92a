-- One row per state of the Americas, core indicator and need: which figures would close its gaps,
-- whether the state publishes them itself or reports them to a source in this database. It is for
-- planning technical assistance, and no row judges a state. A suppressed figure is a reported one
-- and needs nothing; rates are not asked for, since they follow from counts and population.
-- ref_area: State, ISO 3166-1 alpha-3.
-- need: What is needed (codelist.need).
-- need_step: Step of the order of priority that it belongs to (codelist.need_step): begin the three
--   main counts, report newer years, explain what is kept out, fill gaps, add totals, record sex
--   and age, break down, begin others.
-- priority: Rank of the need among those of the state, from 1: by step; within a step the main
--   counts come first, then the other indicators in the order of their list.
-- periods: Years that it concerns, in order; none for BEGIN.
-- rows: FIX: printed rows that are kept out; empty for other needs.
-- rules: FIX: names of the rules that keep them out; empty for other needs.
-- rule_ids: FIX: ids under which these rules were cited until November 2026.
-- unknown_share: TELL_UNKNOWN: of the persons of one of the years, the greatest share whose sex
--   or age is not reported; empty for other needs.
-- sources: Sources that have figures of the state and indicator; FIX: those that print the rows.
-- states: How many states of the Americas have figures of the indicator in some source.
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
absent as (
    select
        ref_area,
        indicator,
        case
            when coverage_status = 'partial' and is_over then 'COMPLETE'
            when coverage_status in ('gap', 'withdrawn') then 'FILL'
            when coverage_status = 'late' then 'UPDATE'
            when coverage_status = 'missing' and time_period < last_period then 'FILL'
            when coverage_status = 'missing' and time_period > last_period then 'UPDATE'
        end as need,
        time_period
    from covered
),
unread as (
    -- Citizenships whose labels cannot be read are a breakdown all the same.
    select distinct
        ref_area::varchar as country,
        indicator::varchar as indicator,
        left(time_period, 4) as year,
        ['CITIZENSHIP'] as breakdowns
    from main.quarantine
    join main.release using (source, release)
    where release.is_current and citizenship is null and rule in ('labels_are_known', 'labels_are_readable')
),
divided as (
    select
        country as ref_area,
        indicator,
        year as time_period,
        max(total) as total,
        flatten(list(breakdowns)) as breakdowns
    from (from harmonised.breakdowns_available union all by name from unread)
    -- The state may have reported parts that others left out when they repeated the total.
    where is_repeated is not true
    group by all
),
undivided as (
    select ref_area, indicator, dimension.need, time_period
    from covered
    join divided using (ref_area, indicator, time_period)
    join pair using (ref_area, indicator)
    join (
        values ('BY_SEX', 'SEX'), ('BY_AGE', 'AGE'), ('BY_FORM', 'EXPLOITATION'),
        ('BY_CITIZENSHIP', 'CITIZENSHIP')
    ) as dimension (need, name)
        on list_contains(dimensions, name) and not list_contains(breakdowns, name)
    -- A part of a smaller total could lead to a person, so none is asked for.
    where coverage_status = 'reported' and not coalesce(total < 5, false)
),
unknown as (
    select
        country as ref_area,
        indicator,
        year as time_period,
        greatest(
            min(case when sex_unknown < 5 then 0 else sex_unknown / persons_by_sex end),
            min(case when age_unknown < 5 then 0 else age_unknown / persons_by_age end)
        ) as share
    from harmonised.sex_age_known
    group by all
    having share >= 0.1
),
kept_out as (
    select
        coalesce(subdivision.country, ref_area::varchar) as ref_area,
        indicator::varchar as indicator,
        left(time_period, 4) as time_period,
        concat_ws(' ', source, release, locator) as place,
        rule,
        rule_id,
        source
    from main.quarantine
    join main.release using (source, release)
    left join codelist.subdivision on subdivision.code = quarantine.ref_area
    -- A state cannot explain what a publisher prints in place of "no answer".
    where
        release.is_current
        and rule not in ('FILLED_COLUMN', 'no_stand_in_for_no_answer')
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
    select ref_area, indicator, 'FIX' as need, time_period, place, rule, rule_id, source
    from kept_out
    union all by name
    select ref_area, indicator, 'BEGIN' as need
    from pair
    anti join kept_out using (ref_area, indicator)
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
    nullif(count(distinct place), 0) as rows,
    list(distinct rule order by rule) filter (rule is not null) as rules,
    list(distinct rule_id order by rule_id) filter (rule_id is not null) as rule_ids,
    max(share) as unknown_share,
    coalesce(
        list(distinct source order by source) filter (source is not null), any_value(sources), []
    ) as sources,
    any_value(states) as states
from stepped
join codelist.need_step as step on step.code = need_step
join pair using (ref_area, indicator)
group by ref_area, indicator, need, need_step, is_main, listed
order by all;
