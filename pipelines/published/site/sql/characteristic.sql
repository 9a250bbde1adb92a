-- One row per dimension: of how many states of the Americas some source has detected victims by it.
select dimension, count(distinct country) as states
from harmonised.breakdowns_available
cross join unnest(breakdowns) as each (dimension)
join codelist.area on area.code = country and is_oas
where indicator = 'VIC_DETECT'
group by dimension;
