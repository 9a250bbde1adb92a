-- a figure that is not free for publication would leave
-- each: columns value, conf_status
select source, ref_area, indicator, time_period
from published.each
where value is not null and conf_status <> 'F';
