-- severity: WARN
-- kind: series
-- title: No total becomes over {parameter.factor_of_threefold} times as large in a year, or less than 1/{parameter.factor_of_threefold}, without a known break. Both years are exact and at least {parameter.least_total_of_threefold}
-- A doubtful figure (status U) shows no jump, neither to it nor from it.
with total as (
    select
        source, release, ref_area, indicator, time_basis, time_period, obs_status, value,
        time_period::integer as year,
        has_status(obs_status, 'U') as is_doubtful,
        lag(is_doubtful) over series as was_doubtful,
        lag(value) over series as before,
        lag(time_period::integer) over series as year_before
    from harmonised.total
    where value is not null
    window series as (
        partition by source, release, ref_area, indicator, time_basis order by time_period
    )
)
select
    source, release, ref_area, indicator, time_basis, time_period, '' as subject,
    case
        when year - year_before > 1 then 'untestable'
        when least(value, before) < parameter.least_total_of_threefold() then 'untestable'
        when is_doubtful or was_doubtful then 'untestable'
        when has_status(obs_status, 'B') then 'holds'
        when value > parameter.factor_of_threefold() * before then 'rises more than threefold'
        when value < before / parameter.factor_of_threefold() then 'falls to less than a third'
        else 'holds'
    end as verdict,
    number_text(before) || ', then ' || number_text(value) as detail
from total
where before is not null;
