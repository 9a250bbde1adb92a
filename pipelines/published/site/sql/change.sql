-- One row per state and indicator with a series to cite: how its usual level has changed, as in
-- published.trend; empty where its years are too few.
select
    ref_area, indicator, change_size, change_group, ratio_lower, ratio_upper,
    level_first_lower, level_first_upper, level_last_lower, level_last_upper,
    year_of(level_first_period) as first_year,
    year_of(level_last_period) as last_year,
    evidence
from published.trend
semi join published.national_series using (source, ref_area, indicator, time_basis)
order by all
