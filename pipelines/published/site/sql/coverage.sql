-- One row per state of the OAS, core indicator that counts something, and year: whether any source
-- has the total.
select ref_area, indicator, time_period, coverage_status
from published.coverage
join codelist.indicator on codelist.indicator.code = published.coverage.indicator
where core and unit_measure not in ('PER_100000_POP', 'BOOL')
order by indicator, ref_area, time_period;
