-- One row per source, state, indicator, kind of year and year: our sum over subdivisions and
-- months, and their numbers.
-- is_whole: Whether the sum covers the whole state and the whole year.
-- obs_status: A if there is a sum, else O.
select
    source,
    release,
    country as ref_area,
    indicator,
    freq,
    time_basis,
    year,
    value,
    upper,
    if(value is null, 'O', 'A') as obs_status,
    'F' as conf_status,
    areas,
    areas_of_country,
    is_whole_country,
    periods,
    is_whole_year,
    is_whole_country and is_whole_year as is_whole,
    count_unit
from published.national_sum
join codelist.indicator on indicator.code = national_sum.indicator
order by source, country, indicator, freq, time_basis, year;
