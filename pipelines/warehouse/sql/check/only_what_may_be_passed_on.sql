-- the terms of a source do not allow its figures to be passed on
select distinct observation.source
from published.observation
join main.source using (source)
where not source.redistribute;
