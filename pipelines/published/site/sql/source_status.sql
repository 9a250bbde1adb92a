-- One row per state and source with counts for the state: the years of its totals, or of figures of
-- parts if there are no totals, and facts on their quality. Totals include those of victims
-- repatriated from all other countries.
-- indicators: Number of indicators with a total of the state or of its subdivisions, our sums of
--   whole years included; if there is none, number of indicators with figures of parts.
-- breaks: Years that break a series of the state or of its subdivisions, joined by a space.
-- comparability: Level of the least comparable of the state's totals; empty if it has none.
-- days_to_release: Days from the end of the last year of the newest indicator to its first release;
--   -1 if the day of release is unknown.
-- days_overdue: Days by which the next release is late; -1 if the day of release is unknown.
with total as (
    select source, ref_area, indicator, year, time_basis, lower, obs_status, break_reason
    from published.headline
    union all
    select
        observation.source, ref_area, observation.indicator,
        year, time_basis, lower, obs_status, reason
    from published.observation
    left join main.series_break using (source, ref_area, indicator, time_period)
    where
        (counterpart_role = 'REPAT' and counterpart_area = '_T' or unit_measure = 'BOOL' and counterpart_role = '_Z')
        and is_headline(freq, sex, age, exploitation, citizenship, '_Z', breakdown)
),
printed as (
    select
        total.*,
        min(year) over (partition by source, ref_area, indicator) as first_year,
        coalesce(country, ref_area) as state
    from total
    left join codelist.subdivision on subdivision.code = total.ref_area
    where
        indicator in (select code from codelist.indicator where unit_measure = 'NUMBER')
        and time_basis not in ('CUM', 'OTHER', 'UNK')
        and lower is not null
),
summed as (
    select source, country as state, indicator, year
    from published.national_sum
    where value is not null and is_whole_year
),
reach as (
    select source, state, min(year) as first_year, max(year) as last_year,
        count(distinct indicator) as indicators
    from (
        select source, state, indicator, year from printed
        union all
        from summed
    )
    group by all
),
partly as (
    select
        source,
        country as state,
        min(year) as first_year,
        max(year) as last_year,
        count(distinct indicator) as indicators
    from published.observation
    anti join reach on reach.source = observation.source and reach.state = observation.country
    where
        lower is not null
        and unit_measure = 'NUMBER'
        and time_basis not in ('CUM', 'OTHER', 'UNK')
    group by all
),
broken as (
    select
        source,
        state,
        array_to_string(list_sort(list(distinct year)), ' ') as breaks
    from printed
    where
        year > first_year
        and (break_reason is not null or has_status(obs_status, 'B'))
    group by all
),
compared as (
    select source, ref_area as state, max(comparability) as comparability
    from published.observation
    where
        (counterpart_role = '_Z' or counterpart_role = 'REPAT' and counterpart_area = '_T')
        and is_headline(freq, sex, age, exploitation, citizenship, '_Z', breakdown)
    group by all
),
timely as (
    select
        source,
        arg_max(days_to_release, last_period) as days_to_release,
        max(days_overdue) as days_overdue
    from published.quality
    group by all
)
select
    state as ref_area,
    source,
    first_year,
    last_year,
    indicators,
    coalesce(breaks, '') as breaks,
    comparability,
    coalesce(days_to_release, -1) as days_to_release,
    coalesce(days_overdue, -1) as days_overdue
from (from reach union all from partly)
left join broken using (source, state)
left join compared using (source, state)
left join timely using (source)
where state in (select code from codelist.area)
order by all;
