-- One row per source, state, indicator, kind of year and year: the rate of the total.
select
    source, ref_area, indicator, time_basis, year, value, dispersed_lower, dispersed_upper
from published.rate
where
    sex = '_T'
    and age = '_T'
    and exploitation = '_T'
    and freq = 'A'
    and origin = 'FIGURE'
    and value is not null
    and dispersed_lower is not null
order by source, indicator, ref_area, time_basis, year;
