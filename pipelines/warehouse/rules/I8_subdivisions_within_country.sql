-- id: I8
-- severity: WARN
-- title: Subdivisions together do not exceed the whole country
-- A subdivision without a figure is no zero, so they may well fall short of it.
with divided as (
    select distinct source, indicator
    from harmonised.interval
    join codelist.subdivision on subdivision.code = interval.ref_area
),
margin as (
    select
        source, release,
        coalesce(subdivision.country, ref_area::varchar)::area_subdivision as ref_area,
        indicator, freq, interval.time_basis, time_period, sex, age, exploitation, citizenship,
        counterpart_role, counterpart_area, breakdown,
        max(lower) filter (subdivision.country is null) as total_lower,
        max(upper) filter (subdivision.country is null) as total_upper,
        sum(lower) filter (subdivision.country is not null) as parts_lower,
        sum(upper) filter (subdivision.country is not null) as parts_upper,
        count(subdivision.country) as parts
    from harmonised.interval
    semi join divided using (source, indicator)
    left join codelist.subdivision on subdivision.code = interval.ref_area
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
    'country ' || interval_text(total_lower, total_upper)
    || ', subdivisions ' || interval_text(parts_lower, parts_upper) as detail
from margin
where parts > 0;
