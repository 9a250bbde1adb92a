-- One row per release that is held back, or file that could not be fetched, and since when.
select source, release, coalesce(not_refreshed_since, 'never') as since, reason
from main.held_back
order by all;
