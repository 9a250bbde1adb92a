-- One row per state, indicator, source, kind of year and verdict on the trends of its subdivisions.
-- number: How many subdivisions have it.
-- subdivisions: Their codes, joined by a space.
select
    country as ref_area,
    indicator,
    source,
    time_basis,
    trend_verdict as verdict,
    count(*) as number,
    string_agg(trend.ref_area, ' ' order by trend.ref_area) as subdivisions
from published.trend
where trend.ref_area <> country
group by all
order by all;
