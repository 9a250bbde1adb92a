-- One row per source whose figures may be passed on: the facts of its entry in the catalogue and of its report.
-- areas: Codes of the states of the Americas with figures, their subdivisions included.
-- release: Day of its newest release.
-- months: Months after which a newer release is to be expected.
-- days_to_release: Median over its indicators; empty where the publisher states no day of release.
-- days_overdue: Of the indicator that is most overdue; empty where no day of release is known.
-- revisions: Figures that a later release changed; empty if there is one release.
with areas as (
    select source, list_sort(list_distinct(list(country))) as areas
    from harmonised.breakdowns_available
    join codelist.area on codelist.area.code = country and is_oas
    group by all
),
newest as (
    select source, max(release) as release from main.release group by all
),
facts as (
    select
        source,
        min(left(first_period, 4)) as first_year,
        max(left(last_period, 4)) as last_year,
        sum(figures)::bigint as figures,
        sum(suppressed)::bigint as suppressed,
        sum(kept_out)::bigint as kept_out,
        coalesce(sum(identities_held), 0)::bigint as held,
        coalesce(sum(identities_failed), 0)::bigint as failed,
        coalesce(sum(identities_untestable), 0)::bigint as untestable,
        sum(revisions)::bigint as revisions,
        median(days_to_release)::bigint as days_to_release,
        max(days_overdue) as days_overdue,
        sum(pairs)::bigint as pairs,
        sum(pairs_agreeing)::bigint as pairs_agreeing,
        sum(breaks)::bigint as breaks,
        max(least_comparability)::varchar as comparability
    from published.quality
    group by all
)
select
    source.* exclude (caveats),
    release,
    (cadence_days / 30.4)::integer as months,
    coalesce(areas, []) as areas,
    facts.* exclude (source)
from main.source
join newest using (source)
join facts using (source)
left join areas using (source)
where redistribute and contract = 'observation'
order by source;
