-- One row per state and indicator: the source to cite, its kind of year, and the years with a figure.
select
    ref_area,
    indicator,
    source,
    time_basis,
    citation_reason,
    list(year order by year) as years
from published.national_series
group by all
order by all;
