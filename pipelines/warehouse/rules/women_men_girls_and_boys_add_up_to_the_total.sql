-- severity: WARN
-- kind: identity
-- title: Where neither sexes nor ages stand alone, sexes by age add up to all persons
-- Where they stand alone, the rules on sexes and on ages say the same.
select
    source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
    citizenship, counterpart_role, counterpart_area, breakdown, dimension,
    concat_ws(' ', 'exploitation', exploitation) as subject,
    sum_verdict(
        parts, total_lower, total_upper, parts_lower, parts_upper, unknown_lower, unknown_upper
    ) as verdict,
    sum_text(total_lower, total_upper, parts_lower, parts_upper, unknown_lower, unknown_upper)
        as detail
from harmonised.margin as whole
anti join (
    from harmonised.margin
    where dimension in ('sex', 'age') and sex = '_T' and age = '_T' and parts > 0
) as alone using (
    source, release, ref_area, indicator, freq, time_basis, time_period, exploitation, citizenship,
    counterpart_role, counterpart_area, breakdown
)
where whole.dimension = 'sex_by_age' and parts > 0;
