-- severity: WARN
-- kind: identity
-- title: In a table of sex by age, sexes add up within each age and ages within each sex
select
    source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
    citizenship, counterpart_role, counterpart_area, breakdown, dimension,
    concat_ws(
        ' ',
        case dimension when 'sex' then 'sexes within age ' || age else 'ages within sex ' || sex end,
        'exploitation', exploitation
    ) as subject,
    sum_verdict(
        parts, total_lower, total_upper, parts_lower, parts_upper, unknown_lower, unknown_upper
    ) as verdict,
    sum_text(total_lower, total_upper, parts_lower, parts_upper, unknown_lower, unknown_upper)
        as detail
from harmonised.margin
where
    parts > 0
    and (
        (dimension = 'sex' and age in ('Y0T17', 'Y_GE18'))
        or (dimension = 'age' and sex in ('F', 'M'))
    );
