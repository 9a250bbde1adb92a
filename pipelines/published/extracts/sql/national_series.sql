-- One row per state, indicator and year: the figure to cite, if it may be passed on, in codes.
select * exclude (others)
from published.national_series
semi join (from main.source where redistribute) as free using (source)
order by ref_area, indicator, year;
