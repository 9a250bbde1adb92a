-- severity: WARN
-- kind: identity
-- title: Children, adults and unknown add up to all ages
-- Persons of whom neither sex nor age is known stand in one cell; it may or may not be repeated in
-- the others, so the sum may hold with it or without it.
select
    source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
    citizenship, counterpart_role, counterpart_area, breakdown, dimension,
    concat_ws(' ', 'exploitation', exploitation, 'citizenship', citizenship) as subject,
    sum_verdict(
        parts, total_lower, total_upper, parts_lower, parts_upper, unknown_lower, unknown_upper
    ) as verdict,
    sum_text(total_lower, total_upper, parts_lower, parts_upper, unknown_lower, unknown_upper)
        as detail
from harmonised.margin
where dimension = 'age' and sex = '_T' and parts > 0;
