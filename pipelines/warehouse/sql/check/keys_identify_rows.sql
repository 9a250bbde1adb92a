-- several rows of a published view or table have the same key
-- each: key
select each_column
from published.each
group by all
having count(*) > 1;
