-- severity: WARN
-- kind: identity
-- title: Subdivisions together do not exceed the whole country
-- A subdivision without a figure is no zero, so they may well fall short of it.
select
    source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
    citizenship, counterpart_role, counterpart_area, breakdown, dimension,
    concat_ws(' ', 'sex', sex, 'age', age, 'exploitation', exploitation) as subject,
    limit_verdict(total_lower, total_upper, parts_lower) as verdict,
    'country ' || interval_text(total_lower, total_upper)
    || ', subdivisions ' || interval_text(parts_lower, parts_upper) as detail
from harmonised.margin
where dimension = 'ref_area' and parts > 0;
