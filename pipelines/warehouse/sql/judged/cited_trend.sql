-- One row per state and indicator: the trend of the series to cite.
-- made_after: rules and statistics
create table judged.cited_trend as
select trend.*
from published.trend
semi join published.national_series using (source, ref_area, indicator, time_basis);
