-- id: I7
-- severity: WARN
-- title: Listed citizenships together do not exceed the total
-- Lists of citizenships are cut short, so they may well fall short of it.
with margin as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age,
        exploitation, counterpart_role, counterpart_area, breakdown,
        max(lower) filter (citizenship = '_T') as total_lower,
        max(upper) filter (citizenship = '_T') as total_upper,
        sum(lower) filter (citizenship not in ('_T', 'FOR')) as parts_lower,
        sum(upper) filter (citizenship not in ('_T', 'FOR')) as parts_upper,
        count(*) filter (citizenship <> '_T') as parts
    from harmonised.interval
    group by all
)
select
    source, release, ref_area, indicator, time_period,
    concat_ws(' ', 'sex', sex, 'age', age, 'exploitation', exploitation) as subject,
    case
        when total_lower is null then 'untestable'
        when parts_lower > total_upper then 'exceeds'
        when isinf(total_upper) then 'untestable'
        else 'holds'
    end as verdict,
    'total ' || interval_text(total_lower, total_upper)
    || ', citizenships ' || interval_text(parts_lower, parts_upper) as detail
from margin
where parts > 0;
