-- One row per source, state, indicator, kind of year and year: the rate of the total.
-- population_source: Source of the population estimate.
select
    rate.source,
    release,
    ref_area,
    indicator,
    rate.time_basis,
    time_period,
    year,
    numerator,
    population,
    population_source,
    population_release,
    value,
    dispersed_lower,
    dispersed_upper,
    withholding
from published.rate
where
    sex = '_T'
    and age = '_T'
    and exploitation = '_T'
    and freq = 'A'
    and origin = 'FIGURE'
    and value is not null
    and dispersed_lower is not null
order by rate.source, indicator, ref_area, rate.time_basis, year;
