-- One row per state and indicator: the source to cite, its kind of year, and the years with a figure.
-- suppressed: Those of the years whose figure is suppressed.
select
    ref_area,
    indicator,
    source,
    time_basis,
    citation_reason,
    list(year order by year) as years,
    coalesce(list(year order by year) filter (value is null), []) as suppressed
from published.national_series
group by all
order by all;
