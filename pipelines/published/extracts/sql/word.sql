-- One row per current figure that may be passed on, in the order of the code list of indicators (victims
-- first, treaties last). Totals come before their parts. A column whose
-- name ends in _name holds codes, to be named in the reader's language; those for "not applicable"
-- are empty.
-- printed: The printed text, where the figure is suppressed.
-- lower: Least possible figure, where it is suppressed.
-- upper: Greatest possible figure, where it is suppressed.
select
    country,
    ref_area,
    ref_area as ref_area_name,
    indicator as indicator_name,
    time_period,
    sex as sex_name,
    age as age_name,
    exploitation as exploitation_name,
    citizenship as citizenship_name,
    nullif(counterpart_role, '_Z') as counterpart_role_name,
    nullif(counterpart_area, '_Z') as counterpart_area_name,
    nullif(breakdown, '_T') as breakdown_name,
    value,
    if(is_suppressed, value_raw, null) as printed,
    if(is_suppressed, lower, null) as lower,
    if(is_suppressed, upper, null) as upper,
    obs_status as obs_status_name,
    unit_measure as unit_measure_name,
    count_unit as count_unit_name,
    time_basis as time_basis_name,
    def_scope as def_scope_name,
    nullif(array_to_string(flags, ';'), '') as flags_name,
    comment,
    publisher,
    source,
    release,
    locator,
    provenance as provenance_name
from (
    select *, has_status(obs_status, 'Q') as is_suppressed
    from published.observation
)
semi join (from main.source where redistribute) as free using (source)
join (select code as indicator, row_number() over () as place from codelist.indicator) as listed using (indicator)
where $months or freq <> 'M'
order by
    country, ref_area <> country, ref_area, place, source, freq, time_basis, sex <> '_T', sex,
    age <> '_T', age, exploitation <> '_T', exploitation, citizenship <> '_T', citizenship,
    counterpart_role, counterpart_area, breakdown <> '_T', breakdown, time_period;
