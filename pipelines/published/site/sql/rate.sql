-- One row per source, state, indicator, kind of year and year: detected victims per 100,000
-- residents, and every rate that a source prints itself, with the columns that a series is read
-- from. Figures that do not compare over time or place (level 4) have no rate here.
-- numerator: The count; empty if the source printed the rate.
-- population_source: Source of the population estimate.
with detected as (
    select *
    from published.rate
    where
        (indicator = 'VIC_DETECT' or origin = 'PUBLISHED')
        and freq = 'A'
        and sex = '_T'
        and age = '_T'
        and exploitation = '_T'
        and ref_area in (select code from codelist.area)
)
select
    rate.source,
    rate.release,
    rate.ref_area,
    rate.indicator,
    rate.time_basis,
    rate.time_period::integer as year,
    -- Three digits; a rate that a source prints stays as printed.
    if(
        rate.origin = 'PUBLISHED' or rate.value = 0,
        rate.value,
        round(rate.value, 2 - floor(log10(rate.value))::integer)
    ) as value,
    null::double as upper,
    -- A withheld rate is a gap: a suppressed count has no height on an axis of rates.
    if(
        rate.value is not null,
        headline.obs_status,
        if(has_status(headline.obs_status, 'B'), 'O;B', 'O')
    ) as obs_status,
    'F' as conf_status,
    list_contains(headline.flags, 'YEAR_INFERRED') as is_year_inferred,
    headline.break_reason,
    headline.break_year,
    null::varchar as previous_release,
    null::double as previous_value,
    null::varchar as previous_value_raw,
    dispersed_lower,
    dispersed_upper,
    numerator,
    population,
    withholding,
    population_source,
    population_release
from detected as rate
join published.headline using (source, ref_area, indicator, time_basis, time_period)
where headline.comparability < '4'
order by rate.source, rate.ref_area, rate.indicator, rate.time_basis, year;
