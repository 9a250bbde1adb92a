-- One row per state, source and release whose figures or statements hold now and may be passed on. A column whose
-- name ends in _name holds codes; texts are in English.
with holding as (
    select country, source, release
    from published.observation
    union
    select ref_area, source, release
    from published.assessment
)
select distinct
    country,
    source,
    release.publisher,
    title,
    release,
    release.provenance as provenance_name,
    left(retrieved, 10) as retrieved,
    counted_en as counted,
    licence_en as licence,
    release.citation,
    address,
    not_refreshed_since
from holding
join main.source using (source)
join main.release using (source, release)
left join (
    select source, max(not_refreshed_since) as not_refreshed_since
    from main.held_back
    group by source
) as refused using (source)
where redistribute
order by all;
