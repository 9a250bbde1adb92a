-- figures of a subdivision are split by age and form of exploitation at once
-- each: columns ref_area, age, exploitation
select source, ref_area, indicator
from published.each
where ref_area like '%-%' and age <> '_T' and exploitation <> '_T';
