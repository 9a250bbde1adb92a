-- One row per state, indicator and year: the figure to cite, if it may be passed on. A column
-- whose name ends in _name holds codes, to be named in the reader's language.
-- printed: The printed text, or the bounds of a sum, where the figure is suppressed.
select
    ref_area,
    indicator as indicator_name,
    time_period,
    value,
    if(value is null, coalesce(value_raw, interval_text(lower, upper)), null) as printed,
    obs_status as obs_status_name,
    time_basis as time_basis_name,
    def_scope as def_scope_name,
    publisher,
    source,
    release,
    locator,
    provenance as provenance_name,
    citation_reason as citation_reason_name
from published.national_series
join (select source, publisher from main.source where redistribute) as free using (source)
order by ref_area, indicator, year;
