-- figures of a subdivision are split by age and form of exploitation at once
select source, ref_area, indicator, time_period
from published.observation
where ref_area like '%-%' and age <> '_T' and exploitation <> '_T';
