-- id: I4
-- severity: WARN
-- title: In a table of sex by age, sexes add up within each age and ages within each sex
with sexes as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period,
        exploitation, citizenship, counterpart_role, counterpart_area, breakdown,
        'sexes within age ' || age as subject,
        max(lower) filter (sex = '_T') as total_lower,
        max(upper) filter (sex = '_T') as total_upper,
        sum(lower) filter (sex <> '_T') as parts_lower,
        sum(upper) filter (sex <> '_T') as parts_upper,
        count(*) filter (sex in ('F', 'M')) as parts
    from harmonised.interval
    where age in ('Y0T17', 'Y_GE18')
    group by all
),
ages as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period,
        exploitation, citizenship, counterpart_role, counterpart_area, breakdown,
        'ages within sex ' || sex as subject,
        max(lower) filter (age = '_T') as total_lower,
        max(upper) filter (age = '_T') as total_upper,
        sum(lower) filter (age in ('Y0T17', 'Y_GE18', '_U')) as parts_lower,
        sum(upper) filter (age in ('Y0T17', 'Y_GE18', '_U')) as parts_upper,
        count(*) filter (age in ('Y0T17', 'Y_GE18')) as parts
    from harmonised.interval
    where sex in ('F', 'M')
    group by all
),
margin as (
    select * from sexes
    union all by name
    select * from ages
)
select
    source, release, ref_area, indicator, time_period,
    concat_ws(' ', subject, 'exploitation', exploitation) as subject,
    case
        when total_lower is null then 'untestable'
        when parts_lower > total_upper then 'exceeds'
        when parts < 2 then 'untestable'
        else interval_verdict(total_lower, total_upper, parts_lower, parts_upper)
    end as verdict,
    'total ' || interval_text(total_lower, total_upper)
    || ', parts ' || interval_text(parts_lower, parts_upper) as detail
from margin
where parts > 0;
