-- severity: WARN
-- kind: series
-- title: No total becomes over three times as large in a year, or less than a third, without a known break. Both years are exact and at least 20
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
        when year - year_before > 1 or value < 20 or before < 20 then 'untestable'
        when is_doubtful or was_doubtful then 'untestable'
        when has_status(obs_status, 'B') then 'holds'
        when value > 3 * before then 'rises more than threefold'
        when value < before / 3 then 'falls to less than a third'
        else 'holds'
    end as verdict,
    number_text(before) || ', then ' || number_text(value) as detail
from total
where before is not null;
