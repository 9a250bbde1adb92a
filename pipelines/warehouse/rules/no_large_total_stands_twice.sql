-- severity: WARN
-- kind: size
-- title: A total of {parameter.least_total_that_stands_twice} or more does not stand in two states or two years
with total as (
    select source, release, indicator, ref_area, time_basis, time_period, value
    from harmonised.total
    where value >= parameter.least_total_that_stands_twice()
)
select
    source, release, ref_area, indicator, time_basis, time_period, '' as subject,
    case
        when count(*) over (partition by source, release, indicator, value) > 1 then 'repeated'
        else 'holds'
    end as verdict,
    value::bigint::varchar as detail
from total;
