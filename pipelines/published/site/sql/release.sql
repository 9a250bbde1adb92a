-- One row per release: publisher, publication, days of release and retrieval, number of rows.
-- source: Id of the source if it has figures on trafficking; empty for the population.
-- provenance: Where it was read, a code of codelist.provenance.
-- release_day: Origin of the day of release, a code of codelist.release_day.
select
    if(contract = 'observation', source, '') as source,
    release.release,
    release_day,
    provenance,
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
