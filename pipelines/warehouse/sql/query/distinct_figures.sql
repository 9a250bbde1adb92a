-- One row per source, printed text and what it was read as.
select distinct source, value_raw, value, lower, upper
from harmonised.observation
order by all;
