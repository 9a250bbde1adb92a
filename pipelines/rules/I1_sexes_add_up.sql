-- id: I1
-- severity: WARN
-- title: Women, men, others and unknown add up to all sexes
with margin as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period,
        exploitation, citizenship, counterpart_role, counterpart_area, breakdown,
        max(lower) filter (sex = '_T') as total_lower,
        max(upper) filter (sex = '_T') as total_upper,
        sum(lower) filter (sex <> '_T') as parts_lower,
        sum(upper) filter (sex <> '_T') as parts_upper,
        count(*) filter (sex in ('F', 'M')) as parts
    from harmonised.interval
    where age = '_T'
    group by all
)
select
    source, release, ref_area, indicator, time_period,
    concat_ws(' ', 'exploitation', exploitation, 'citizenship', citizenship) as subject,
    case
        when total_lower is null or parts < 2 then 'untestable'
        else interval_verdict(total_lower, total_upper, parts_lower, parts_upper)
    end as verdict,
    'total ' || interval_text(total_lower, total_upper)
    || ', parts ' || interval_text(parts_lower, parts_upper) as detail
from margin
where parts > 0;
