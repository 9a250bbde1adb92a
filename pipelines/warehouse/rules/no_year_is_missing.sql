-- severity: INFO
-- kind: series
-- title: A series of totals has no missing year between its first and its last
with total as (
    select
        source, release, ref_area, indicator, time_basis, time_period,
        time_period::integer - lag(time_period::integer) over (
            partition by source, release, ref_area, indicator, time_basis order by time_period
        ) - 1 as missing
    from harmonised.total
)
select
    source, release, ref_area, indicator, time_basis, time_period, '' as subject,
    case when missing > 0 then 'gap' else 'holds' end as verdict,
    missing || ' years missing before ' || time_period as detail
from total
where missing is not null;
