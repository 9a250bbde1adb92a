-- id: I2
-- severity: WARN
-- title: Children, adults and unknown add up to all ages
with margin as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period,
        exploitation, citizenship, counterpart_role, counterpart_area, breakdown,
        max(lower) filter (age = '_T') as total_lower,
        max(upper) filter (age = '_T') as total_upper,
        sum(lower) filter (age in ('Y0T17', 'Y_GE18', '_U')) as parts_lower,
        sum(upper) filter (age in ('Y0T17', 'Y_GE18', '_U')) as parts_upper,
        count(*) filter (age in ('Y0T17', 'Y_GE18')) as parts
    from harmonised.interval
    where sex = '_T'
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
