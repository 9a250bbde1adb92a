-- a lower bound or limit is above its figure or the upper one, or the figure is above the upper one
-- each: limits
select 'each_column' as "limits", count(*) as rows
from published.each
where each_out_of_order
having count(*) > 0;
