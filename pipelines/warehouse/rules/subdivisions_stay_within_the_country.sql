-- severity: WARN
-- kind: identity
-- title: Subdivisions together do not exceed the whole country
-- A subdivision without a figure is no zero, so they may well fall short of it.
select
    source, release, cell_key, dimension,
    concat_ws(' ', 'sex', sex, 'age', age, 'exploitation', exploitation) as subject,
    limit_verdict(total_lower, total_upper, parts_lower) as verdict,
    'country ' || interval_text(total_lower, total_upper)
    || ', subdivisions ' || interval_text(parts_lower, parts_upper) as detail
from harmonised.margin
where dimension = 'ref_area' and parts > 0;
