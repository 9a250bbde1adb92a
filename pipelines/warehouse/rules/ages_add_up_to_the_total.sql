-- severity: WARN
-- kind: identity
-- doubts: persons
-- title: Children, adults and unknown add up to all ages
select *, concat_ws(' ', 'exploitation', exploitation, 'citizenship', citizenship) as subject
from harmonised.sum_of_parts
where dimension = 'age' and sex = '_T';
