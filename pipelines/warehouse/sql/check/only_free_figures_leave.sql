-- a figure that is not free for publication would leave
select source, ref_area, indicator, time_period
from published.observation
where value is not null and conf_status <> 'F';
