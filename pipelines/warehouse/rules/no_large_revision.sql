-- severity: WARN
-- kind: series
-- title: A new release changes no total by more than {parameter.largest_revision} per cent and withdraws none
select
    source, release, ref_area, indicator, time_basis, time_period,
    'against ' || previous_release as subject,
    case
        when change = 'withdrawn' then 'withdrawn'
        when change <> 'changed' then 'untestable'
        when value is null or previous_value is null then 'changed'
        when abs(value - previous_value) > parameter.largest_revision() * previous_value then 'changed'
        else 'holds'
    end as verdict,
    coalesce(previous_value_raw, 'nothing') || ', then ' || coalesce(value_raw, 'nothing') as detail
from published.revision
where
    change <> 'narrowed'
    and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown);
