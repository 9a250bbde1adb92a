-- One row per state, source and release whose figures hold now and may be passed on.
select distinct
    country,
    source,
    observation.publisher,
    title,
    release,
    kind.name_{language} as provenance_name,
    left(retrieved, 10) as retrieved,
    counted_{language} as counted,
    licence_{language} as licence,
    observation.citation,
    address,
    not_refreshed_since
from published.observation
join main.source using (source)
join main.release using (source, release)
join codelist.provenance as kind on kind.code = release.provenance
left join (
    select source, max(not_refreshed_since) as not_refreshed_since
    from main.held_back
    group by source
) as refused using (source)
where redistribute
order by all;
