-- One row per state, indicator and year: the figure to cite, if it may be passed on, with names
-- in one language.
-- printed: The printed text, or the bounds of a sum, where the figure is suppressed.
select
    ref_area,
    indicator_name,
    time_period,
    value,
    if(value is null, coalesce(value_raw, interval_text(lower, upper)), null) as printed,
    obs_status_name,
    time_basis_name,
    publisher,
    source,
    release,
    locator,
    provenance_name,
    citation_reason_name
from published.national_series_{language}
join main.source using (source)
where redistribute
order by ref_area, indicator, year;
