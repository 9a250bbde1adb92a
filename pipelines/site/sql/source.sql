-- One row per source: what a page says of it.
-- not_refreshed_since: Day of its last good release, if a later one is held back.
with held_back as (
    select source, min(not_refreshed_since) as not_refreshed_since
    from main.held_back
    group by all
)
select
    source, not_refreshed_since, publisher, title, citation, address,
    licence_en, licence_es, licence_pt, licence_fr,
    counted_en, counted_es, counted_pt, counted_fr
from main.source
left join held_back using (source)
order by source;
