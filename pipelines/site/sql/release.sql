-- One row per release that was read: publisher, publication, day of release and of retrieval, rows.
-- source: Its id, if it has figures on trafficking; empty for the population.
select
    if(contract = 'observation', source, '') as source,
    release.release::varchar as release,
    release.retrieved::varchar as retrieved,
    release.rows,
    source.publisher,
    source.title
from main.release
join main.source using (source)
order by publisher, title, release;
