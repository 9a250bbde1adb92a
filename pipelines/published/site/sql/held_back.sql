-- One row per source with a refused release, or a refused attempt to fetch one.
-- not_refreshed_since: Day of its last good release; empty if it has none.
select source, min(not_refreshed_since)::varchar as not_refreshed_since
from main.held_back
group by source
order by source;
