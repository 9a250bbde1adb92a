-- One row per state of the OAS, core indicator and year: whether any source has the total.
-- sources: Sources with that status, joined by a space.
select
    ref_area,
    indicator,
    time_period,
    coverage_status,
    array_to_string(sources, ' ') as sources,
    first_period,
    last_period
from published.coverage
join codelist.indicator on codelist.indicator.code = published.coverage.indicator
where core and unit_measure not in ('PER_100000_POP', 'BOOL')
order by indicator, ref_area, time_period;
