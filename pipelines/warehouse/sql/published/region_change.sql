-- One row per indicator, comparison and year: the sum of the same states in a year and in an earlier
-- one, each from one source, in calendar years, without a break between. No other sum of states is
-- given: states that report in one year alone would make it rise or fall.
-- comparison: EVERY_YEAR: states with an exact figure in each year of the longest run that most
--   states have, against its first year; YEAR_BEFORE: states with both years.
-- year: The year.
-- year_before: The earlier year.
-- states: Number of states.
-- areas: Which.
-- sources: Their sources.
-- before_lower: Sum of the earlier year, the least that it may be.
-- before_upper: The most that it may be.
-- lower: Sum of the year, the least that it may be.
-- upper: The most that it may be.
-- change_lower: Change in percent, the least that it may be.
-- change_upper: The most that it may be.
-- left_out_lower: Least change in percent if any one state is left out.
-- left_out_upper: Greatest such change.
-- uncautioned_lower: Change without states one of whose two figures carries a caution, the least that
--   it may be; empty if there are none.
-- uncautioned_upper: The most that it may be.
-- direction: ROSE or FELL where the change, that without any one state and that without cautioned
--   figures all say so, each by more than
--   {parameter.least_change_of_region} %, else UNSURE
--   (codelist.direction).
-- made_after: rules and statistics
-- key: indicator, comparison, year
-- terms: sources
-- extract: csv
-- disclosure: aggregate
create table published.region_change as
with caution as (
    select distinct source, ref_area, indicator, time_basis, year
    from published.remark
    where
        severity = 'caution'
        and scope = 'figure'
        and (sex, age, exploitation, citizenship) = ('_T', '_T', '_T', '_T')
),
point as (
    select
        figure.source, figure.ref_area, figure.indicator, figure.time_basis, figure.year, value,
        lower, upper,
        break_reason is not null or has_status(obs_status, 'B') as is_break,
        caution.source is not null as is_cautioned
    from judged.figure
    semi join judged.pooled using (source, ref_area, indicator, time_basis)
    semi join (from codelist.indicator where unit_measure = 'NUMBER') as counted
        on counted.code = figure.indicator
    left join caution using (source, ref_area, indicator, time_basis, year)
    where is_cited and may_stand and figure.time_basis = 'CY' and upper is not null
),
since_break as (
    from point
    qualify
        year >= coalesce(
            max(case when is_break then year end) over (partition by source, ref_area, indicator), year
        )
),
span as (
    select indicator, first.year as first_year, last.year as last_year
    from (select distinct indicator, year from since_break) as first
    join (select distinct indicator, year from since_break) as last using (indicator)
    where last.year - first.year + 1 >= parameter.least_years_of_panel()
),
member as (
    select indicator, first_year, last_year, ref_area
    from span
    join since_break using (indicator)
    where value is not null and year between first_year and last_year
    group by all
    having count(*) = last_year - first_year + 1
),
panel as (
    -- Of several runs that have as many figures, the latest.
    select indicator, first_year, last_year
    from member
    group by indicator, first_year, last_year
    qualify
        row_number() over (
            partition by indicator
            order by count(*) * (last_year - first_year + 1) desc, last_year desc, first_year
        ) = 1
),
pair as (
    select
        indicator, 'EVERY_YEAR' as comparison, year, first_year as year_before, ref_area,
        since_break.source,
        since_break.lower, since_break.upper, since_break.is_cautioned
    from panel
    join member using (indicator, first_year, last_year)
    join since_break using (indicator, ref_area)
    where year between first_year and last_year
    union all by name
    select
        indicator, 'YEAR_BEFORE' as comparison, year, year - 1 as year_before, ref_area, source, lower,
        upper, is_cautioned
    from point
    where not is_break
),
matched as (
    select
        pair.*, point.lower as before_lower, point.upper as before_upper,
        pair.is_cautioned or point.is_cautioned as is_any_cautioned
    from pair
    join point
        on point.indicator = pair.indicator
        and point.ref_area = pair.ref_area
        and point.year = pair.year_before
),
whole as (
    select
        indicator, comparison, year, year_before,
        count(*) as states,
        list(ref_area order by ref_area) as areas,
        list_sort(list(distinct source)) as sources,
        sum(before_lower) as before_lower,
        sum(before_upper) as before_upper,
        sum(lower) as lower,
        sum(upper) as upper,
        sum(lower) filter (not is_any_cautioned)
        / nullif(sum(before_upper) filter (not is_any_cautioned), 0) as uncautioned_lower,
        sum(upper) filter (not is_any_cautioned)
        / nullif(sum(before_lower) filter (not is_any_cautioned), 0) as uncautioned_upper
    from matched
    group by all
),
left_out as (
    select
        indicator, comparison, year, year_before,
        min((whole.lower - matched.lower) / nullif(whole.before_upper - matched.before_upper, 0))
            as left_out_lower,
        max((whole.upper - matched.upper) / nullif(whole.before_lower - matched.before_lower, 0))
            as left_out_upper
    from whole
    join matched using (indicator, comparison, year, year_before)
    group by all
),
ratio as (
    select
        *,
        lower / nullif(before_upper, 0) as change_lower,
        upper / nullif(before_lower, 0) as change_upper
    from whole
    join left_out using (indicator, comparison, year, year_before)
    where states > 1
)
select
    indicator, comparison, year, year_before, states, areas, sources, before_lower, before_upper, lower, upper,
    100 * (change_lower - 1) as change_lower,
    100 * (change_upper - 1) as change_upper,
    100 * (left_out_lower - 1) as left_out_lower,
    100 * (left_out_upper - 1) as left_out_upper,
    100 * (uncautioned_lower - 1) as uncautioned_lower,
    100 * (uncautioned_upper - 1) as uncautioned_upper,
    case
        when
            least(change_lower, left_out_lower, uncautioned_lower)
            > 1 + parameter.least_change_of_region()
            then 'ROSE'
        when
            greatest(change_upper, left_out_upper, uncautioned_upper)
            < 1 - parameter.least_change_of_region()
            then 'FELL'
        else 'UNSURE'
    end as direction
from ratio
order by all;
