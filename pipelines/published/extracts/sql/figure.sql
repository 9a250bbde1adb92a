-- One row per current figure that may be passed on, in codes. releases.csv has terms and citation.
select * exclude (publisher, licence, citation)
from published.observation
semi join (from main.source where redistribute) as free using (source)
order by
    source, country, ref_area, indicator, freq, time_basis, sex, age, exploitation, citizenship,
    counterpart_role, counterpart_area, breakdown, time_period;
