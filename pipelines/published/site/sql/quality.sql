-- One row per source and indicator that counts something: facts on the quality of its figures.
-- revisions: Number of revised figures; -1 if there is no release before the newest.
select
    source,
    indicator,
    first_period,
    last_period,
    figures,
    suppressed,
    kept_out,
    coalesce(identities_held, 0) as identities_held,
    coalesce(identities_failed, 0) as identities_failed,
    coalesce(identities_untestable, 0) as identities_untestable,
    coalesce(revisions, -1) as revisions,
    days_to_release,
    days_overdue,
    pairs,
    pairs_agreeing,
    breaks,
    coll_method::varchar as coll_method,
    comparability::varchar as comparability,
    least_comparability::varchar as least_comparability
from published.quality
join codelist.indicator on codelist.indicator.code = published.quality.indicator
where unit_measure not in ('PER_100000_POP', 'BOOL')
order by source, indicator;
