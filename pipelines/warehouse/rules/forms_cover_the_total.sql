-- severity: WARN
-- kind: identity
-- doubts: parts
-- title: No form of exploitation exceeds the total, and together the forms reach it
-- A person may be in several forms, so the forms together may well exceed the total. Fewer than
-- {parameter.least_forms} forms are not asked to reach it.
select
    source, release, cell_key, dimension,
    concat_ws(' ', 'sex', sex, 'age', age) as subject,
    case
        when total_lower is null then 'untestable'
        when largest_lower > total_upper then 'exceeds'
        when parts < parameter.least_forms() then 'untestable'
        when parts_upper < total_lower then 'falls short'
        when isinf(total_upper) or isinf(parts_upper) then 'untestable'
        else 'holds'
    end as verdict,
    'total ' || interval_text(total_lower, total_upper)
    || ', forms ' || interval_text(parts_lower, parts_upper) as detail
from harmonised.margin
where dimension = 'exploitation' and parts > 0;
