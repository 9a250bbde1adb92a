-- One row per release that is held back, or file that could not be fetched, and since when.
select
    source,
    release,
    coalesce('; not refreshed since ' || not_refreshed_since, '') as since,
    reason
from main.held_back
order by all;
