-- One row per yearly total that is more than {parameter.factor_of_jump} times the year before, or the
-- reverse, for certain, the larger of the two {parameter.least_total_of_jump} or more. Doubtful figures show
-- no jump, nor do years that are no neighbours.
-- way: up or down.
-- before_value: Figure of the year before; empty if suppressed.
-- before_lower: Its least possible figure.
-- before_upper: Its greatest possible figure.
-- after_value: Figure of the year after, where it is as far from it in the same direction; empty if
--   suppressed.
-- is_spike: Whether it is as far from the year after, in the same direction.
-- is_after_spike: Whether the year before is such a year, which explains the jump.
-- is_at_break: Whether the series is known to break here.
-- is_confirmed: Whether another source, that prints its figures from no other, has the year at
--   {parameter.confirmed_above} to {parameter.confirmed_below} times the figure.
-- made_after: rules and statistics
create table judged.jump as
with step as (
    select
        *,
        lag({'year': year, 'value': value, 'lower': lower, 'upper': upper}) over series as before,
        lead({'year': year, 'value': value, 'lower': lower, 'upper': upper}) over series as after
    from judged.figure
    where
        may_stand
        and unit_measure = 'NUMBER'
        and provenance <> 'REPEATED'
        and reprints = ''
        and not is_sum
    window series as (partition by source, ref_area, indicator, time_basis order by year)
),
way as (
    select
        *,
        case
            when before.year <> year - 1 then null
            when greatest(lower, before.lower) < parameter.least_total_of_jump() then null
            when lower > parameter.factor_of_jump() * before.upper then 'up'
            when before.lower > parameter.factor_of_jump() * upper then 'down'
        end as way,
        case
            when after.year <> year + 1 then null
            when greatest(lower, after.lower) < parameter.least_total_of_jump() then null
            when lower > parameter.factor_of_jump() * after.upper then 'up'
            when after.lower > parameter.factor_of_jump() * upper then 'down'
        end as way_from_after
    from step
),
judged as (
    select
        *,
        coalesce(way = way_from_after, false) as is_spike,
        coalesce(lag(is_spike) over series, false) as is_after_spike
    from way
    window series as (partition by source, ref_area, indicator, time_basis order by year)
),
confirmed as (
    select distinct
        one.source, one.ref_area, one.indicator, one.time_basis, one.year
    from judged as one
    join judged.figure as other using (ref_area, indicator, year)
    where
        other.source <> one.source
        and other.may_stand
        and other.provenance <> 'REPEATED'
        and other.reprints = ''
        and not other.is_sum
        and other.value between parameter.confirmed_above() * one.value
        and parameter.confirmed_below() * one.value
)
select
    source, ref_area, indicator, time_basis, year, way, before.value as before_value,
    before.lower as before_lower, before.upper as before_upper, after.value as after_value,
    is_spike, is_after_spike,
    break_reason is not null or has_status(obs_status, 'B') as is_at_break,
    confirmed.source is not null as is_confirmed
from judged
left join confirmed using (source, ref_area, indicator, time_basis, year)
where way is not null;
