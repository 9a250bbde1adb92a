-- One row per series: the figures that hold now of one source, area, indicator, kind of period and
-- breakdown.
-- first_period: First period with a row.
-- last_period: Last period with a row.
-- figures: Periods with an exact figure.
-- suppressed: Periods with a suppressed figure, which is an interval.
-- missing: Periods for which the source prints that there is no figure.
-- gaps: Periods between the first and the last that the source does not have, or that quarantine
--   keeps out.
-- breaks: Periods marked as a break.
-- least: Least exact figure.
-- greatest: Greatest exact figure.
-- comparability: Level of its least comparable figure (codelist.comparability).
-- key: source, ref_area, indicator, freq, time_basis, sex, age, exploitation, citizenship,
--   counterpart_role, counterpart_area, breakdown
-- terms: source
-- extract: none
-- disclosure: derived
-- made_after: rules and statistics
create view published.series as
with placed as (
    select
        *,
        has_status(obs_status, 'Q') as is_suppressed,
        has_status(obs_status, 'B') as is_break,
        case freq
            when 'A' then time_period::integer
            when 'Q' then 4 * left(time_period, 4)::integer + right(time_period, 1)::integer
            else 12 * left(time_period, 4)::integer + right(time_period, 2)::integer
        end as place
    from published.observation
)
select
    source,
    ref_area,
    indicator,
    freq,
    time_basis,
    sex,
    age,
    exploitation,
    citizenship,
    counterpart_role,
    counterpart_area,
    breakdown,
    min(time_period) as first_period,
    max(time_period) as last_period,
    count(value) as figures,
    count(*) filter (is_suppressed) as suppressed,
    count(*) filter (value is null and not is_suppressed) as missing,
    max(place) - min(place) + 1 - count(*) as gaps,
    count(*) filter (is_break) as breaks,
    min(value) as least,
    max(value) as greatest,
    max(comparability) as comparability
from placed
group by all;
