-- One row per release whose figures or statements may be passed on: what it is, its terms, how to cite
-- it.
-- is_current: Whether figures of it hold now.
-- figures: How many figures or statements of it are here.
-- not_refreshed_since: Day of the last good release, where a later file of the source was refused.
select
    source,
    release,
    is_current,
    release.publisher,
    title,
    provenance,
    left(retrieved, 10) as retrieved,
    licence,
    release.citation,
    address,
    page,
    (
        select count(*)
        from harmonised.observation as figure
        where figure.source = release.source and figure.release = release.release
    ) + (
        select count(*)
        from published.assessment_statement as statement
        where statement.source = release.source and statement.release = release.release
    ) as figures,
    refused.not_refreshed_since
from main.release
join main.source using (source)
left join (
    select source, max(not_refreshed_since) as not_refreshed_since
    from main.held_back
    group by source
) as refused using (source)
where redistribute and contract <> 'population'
order by source, release;
