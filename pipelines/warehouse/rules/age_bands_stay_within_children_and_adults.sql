-- severity: WARN
-- kind: identity
-- title: Narrow age bands stay within children and within adults
select
    source, release, cell_key, dimension,
    concat_ws(' ', 'age', age, 'sex', sex, 'exploitation', exploitation) as subject,
    limit_verdict(total_lower, total_upper, parts_lower) as verdict,
    'total ' || interval_text(total_lower, total_upper)
    || ', parts ' || interval_text(parts_lower, parts_upper) as detail
from harmonised.margin
where dimension = 'age_band' and parts > 0;
