-- id: I5
-- severity: WARN
-- title: No form of exploitation exceeds the total, and together the forms reach it
-- A person may be in several forms, so the forms together may well exceed the total.
with margin as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age,
        citizenship, counterpart_role, counterpart_area, breakdown,
        max(lower) filter (exploitation = '_T') as total_lower,
        max(upper) filter (exploitation = '_T') as total_upper,
        max(lower) filter (exploitation <> '_T') as largest_lower,
        sum(lower) filter (exploitation <> '_T') as parts_lower,
        sum(upper) filter (exploitation <> '_T') as parts_upper,
        count(*) filter (exploitation in ('SX', 'FL', 'OTH')) as parts
    from harmonised.interval
    where exploitation in ('_T', 'SX', 'FL', 'OTH', '_U')
    group by all
)
select
    source, release, ref_area, indicator, time_period,
    concat_ws(' ', 'sex', sex, 'age', age) as subject,
    case
        when total_lower is null then 'untestable'
        when largest_lower > total_upper then 'exceeds'
        when parts < 3 then 'untestable'
        when parts_upper < total_lower then 'falls short'
        when isinf(total_upper) or isinf(parts_upper) then 'untestable'
        else 'holds'
    end as verdict,
    'total ' || interval_text(total_lower, total_upper)
    || ', forms ' || interval_text(parts_lower, parts_upper) as detail
from margin
where parts > 0;
