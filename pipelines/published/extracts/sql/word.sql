-- One row per current figure that may be passed on, with names in one language. Totals come
-- before their parts; codes for "not applicable" are empty.
-- printed: The printed text, where the figure is suppressed.
-- lower: Least possible figure, where it is suppressed.
-- upper: Greatest possible figure, where it is suppressed.
select
    country,
    ref_area,
    ref_area_name,
    indicator_name,
    time_period,
    sex_name,
    age_name,
    exploitation_name,
    citizenship_name,
    if(counterpart_role = '_Z', null, counterpart_role_name) as counterpart_role_name,
    if(counterpart_area = '_Z', null, counterpart_area_name) as counterpart_area_name,
    if(breakdown = '_T', null, breakdown_name) as breakdown_name,
    value,
    if(is_suppressed, value_raw, null) as printed,
    if(is_suppressed, lower, null) as lower,
    if(is_suppressed, upper, null) as upper,
    obs_status_name,
    unit_measure_name,
    count_unit_name,
    time_basis_name,
    def_scope_name,
    comment,
    publisher,
    source,
    release,
    locator,
    provenance_name
from (
    select *, list_contains(string_split(obs_status, ';'), 'Q') as is_suppressed
    from published.observation_{language}
)
semi join (from main.source where redistribute) as free using (source)
where $months or freq <> 'M'
order by
    country, ref_area <> country, ref_area, indicator, source, freq, time_basis, sex <> '_T', sex,
    age <> '_T', age, exploitation <> '_T', exploitation, citizenship <> '_T', citizenship,
    counterpart_role, counterpart_area, breakdown <> '_T', breakdown, time_period;
