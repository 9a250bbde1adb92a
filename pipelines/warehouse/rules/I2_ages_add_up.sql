-- id: I2
-- severity: WARN
-- title: Children, adults and unknown add up to all ages
-- Persons of whom neither sex nor age is known stand in one cell; it may or may not be repeated in
-- the others, so the sum may hold with it or without it.
with margin as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period,
        exploitation, citizenship, counterpart_role, counterpart_area, breakdown,
        max(lower) filter (sex = '_T' and age = '_T') as total_lower,
        max(upper) filter (sex = '_T' and age = '_T') as total_upper,
        sum(lower) filter (age in ('Y0T17', 'Y_GE18', '_U') and sex = '_T') as parts_lower,
        sum(upper) filter (age in ('Y0T17', 'Y_GE18', '_U') and sex = '_T') as parts_upper,
        coalesce(max(lower) filter (sex = '_U' and age = '_U'), 0) as unknown_lower,
        coalesce(max(upper) filter (sex = '_U' and age = '_U'), 0) as unknown_upper,
        count(*) filter (age in ('Y0T17', 'Y_GE18') and sex = '_T') as parts
    from harmonised.interval
    where sex = '_T' or age = '_T' or (sex = '_U' and age = '_U')
    group by all
)
select
    source, release, ref_area, indicator, time_period,
    concat_ws(' ', 'exploitation', exploitation, 'citizenship', citizenship) as subject,
    case
        when total_lower is null then 'untestable'
        when parts_lower > total_upper then 'exceeds'
        when parts < 2 then 'untestable'
        when interval_verdict(
            total_lower, total_upper, parts_lower + unknown_lower, parts_upper + unknown_upper
        ) = 'holds' then 'holds'
        when
            parts_upper < total_lower and parts_lower + unknown_lower > total_upper
            then 'holds neither with nor without unknown'
        else interval_verdict(total_lower, total_upper, parts_lower, parts_upper + unknown_upper)
    end as verdict,
    'total ' || interval_text(total_lower, total_upper)
    || ', parts ' || interval_text(parts_lower, parts_upper)
    || if(unknown_upper > 0, ', unknown ' || interval_text(unknown_lower, unknown_upper), '')
        as detail
from margin
where parts > 0;
