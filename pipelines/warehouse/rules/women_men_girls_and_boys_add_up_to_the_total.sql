-- severity: WARN
-- kind: identity
-- doubts: persons
-- title: Where neither sexes nor ages stand alone, sexes by age add up to all persons
-- Where they stand alone, the rules on sexes and on ages say the same.
select *, concat_ws(' ', 'exploitation', exploitation) as subject
from harmonised.sum_of_parts as whole
anti join (
    from harmonised.sum_of_parts
    where dimension in ('sex', 'age') and sex = '_T' and age = '_T'
) as alone using (
    source, release, ref_area, indicator, freq, time_basis, time_period, exploitation, citizenship,
    counterpart_role, counterpart_area, breakdown
)
where whole.dimension = 'sex_by_age';
