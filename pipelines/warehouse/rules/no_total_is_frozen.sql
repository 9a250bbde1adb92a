-- severity: WARN
-- kind: series
-- title: No count or rate stays the same for {parameter.years_of_frozen} years in a row
with total as (
    select
        source, release, ref_area, indicator, time_basis, time_period, value,
        time_period::integer - row_number() over (
            partition by source, release, ref_area, indicator, time_basis, value
            order by time_period
        ) as run
    from harmonised.total
    where value > 0
)
select
    source, release, ref_area, indicator, time_basis, max(time_period) as time_period, '' as subject,
    case when count(*) >= parameter.years_of_frozen() then 'frozen' else 'holds' end as verdict,
    number_text(value) || ' in ' || count(*) || ' years' as detail
from total
group by source, release, ref_area, indicator, time_basis, value, run;
