-- the terms of a source do not allow its figures to be passed on
-- each: terms
select distinct trim(each_column::varchar, '[]') as source
from published.each
where not may_be_passed_on(each_column);
