-- severity: WARN
-- kind: identity
-- doubts: parts
-- title: Listed citizenships together do not exceed the total
-- Lists of citizenships are cut short, so they may well fall short of it.
select
    source, release, cell_key, dimension,
    concat_ws(' ', 'sex', sex, 'age', age, 'exploitation', exploitation) as subject,
    limit_verdict(total_lower, total_upper, parts_lower) as verdict,
    'total ' || interval_text(total_lower, total_upper)
    || ', citizenships ' || interval_text(parts_lower, parts_upper) as detail
from harmonised.margin
where dimension = 'citizenship' and parts > 0;
