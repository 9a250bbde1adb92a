-- One row per figure that holds now and may be passed on, in codes. What its release says of terms
-- and citation stands in releases.csv.
select * exclude (publisher, licence, citation)
from published.observation
semi join (from main.source where redistribute) as free using (source)
order by
    source, country, ref_area, indicator, freq, time_basis, sex, age, exploitation, citizenship,
    counterpart_role, counterpart_area, breakdown, time_period;
