-- One row per release that was read: publisher, publication, day of release and of retrieval, rows.
-- source: Its id, if it has figures on trafficking; empty for the population.
-- release_day: Whether the publisher states it.
select
    if(contract = 'observation', source, '') as source,
    release.release,
    release_day,
    release.retrieved::varchar as retrieved,
    release.rows,
    source.publisher,
    source.publisher_es,
    source.publisher_pt,
    source.publisher_fr,
    source.title,
    source.title_es,
    source.title_pt,
    source.title_fr
from main.release
join main.source using (source)
order by source.source, main.release.release;
