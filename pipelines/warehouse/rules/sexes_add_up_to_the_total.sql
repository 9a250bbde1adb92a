-- severity: WARN
-- kind: identity
-- doubts: persons
-- title: Women, men, others and unknown add up to all sexes
select *, concat_ws(' ', 'exploitation', exploitation, 'citizenship', citizenship) as subject
from harmonised.sum_of_parts
where dimension = 'sex' and age = '_T';
