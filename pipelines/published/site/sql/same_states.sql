-- One row per year of the longest run in which most states have an exact total of detected victims: the
-- sum of these states.
select year, areas, sources, lower as persons
from published.region_change
where indicator = 'VIC_DETECT' and comparison = 'EVERY_YEAR' and lower = upper
order by year
