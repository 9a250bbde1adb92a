-- One row per state, source and release whose figures hold now and may be passed on. A column whose
-- name ends in _name holds codes; texts are in English.
select distinct
    country,
    source,
    observation.publisher,
    title,
    release,
    release.provenance as provenance_name,
    left(retrieved, 10) as retrieved,
    counted_en as counted,
    licence_en as licence,
    observation.citation,
    address,
    not_refreshed_since
from published.observation
join main.source using (source)
join main.release using (source, release)
left join (
    select source, max(not_refreshed_since) as not_refreshed_since
    from main.held_back
    group by source
) as refused using (source)
where redistribute
order by all;
