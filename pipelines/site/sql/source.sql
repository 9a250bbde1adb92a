-- One row per source: what a page says of it.
select source, publisher, title, citation, licence, address, counted
from main.source
order by source;
