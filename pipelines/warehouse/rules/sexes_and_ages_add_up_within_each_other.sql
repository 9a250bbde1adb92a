-- severity: WARN
-- kind: identity
-- doubts: parts
-- title: In a table of sex by age, sexes add up within each age and ages within each sex
select
    *,
    concat_ws(
        ' ',
        case dimension when 'sex' then 'sexes within age ' || age else 'ages within sex ' || sex end,
        'exploitation', exploitation
    ) as subject
from harmonised.sum_of_parts
where
    (dimension = 'sex' and age in ('Y0T17', 'Y_GE18'))
    or (dimension = 'age' and sex in ('F', 'M'));
