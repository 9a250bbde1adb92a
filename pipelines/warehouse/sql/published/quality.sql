-- One row per source and indicator: what is known of the quality of its figures, by the dimensions
-- of the United Nations National Quality Assurance Frameworks and of ESMS. Facts of the pipeline,
-- each on its own: there is no score. Figures are those that hold now.
-- is_core: Relevance: whether the indicator is of the core set.
-- wp_objectives: Relevance: objectives of the OAS work plan that it serves, by number.
-- states: Relevance: states of the Americas with figures, of their subdivisions included.
-- first_period: Relevance: first period with a figure.
-- last_period: Relevance: last period with a figure.
-- breakdowns: Relevance: breakdowns of which there are figures.
-- breakdowns_allowed: Relevance: breakdowns that the indicator provides for.
-- figures: Accuracy: figures, suppressed ones included.
-- suppressed: Accuracy: suppressed figures among them.
-- kept_out: Accuracy: printed rows that a check keeps out, of the releases whose figures hold. A
--   row whose indicator could not be read is in main.quarantine only.
-- kept_out_share: Accuracy: their share of figures and rows kept out.
-- identities_held: Accuracy: sums of parts that agree with their total (rules of the kind
--   identity and severity WARN), of the releases whose figures hold; empty, like the next two, if no such rule has a
--   case.
-- identities_failed: Accuracy: sums that do not.
-- identities_untestable: Accuracy: sums of which a part is absent.
-- unknown_sex_share: Accuracy: of the persons in tables by sex, the share whose sex is not
--   reported; empty if no table prints all its parts.
-- unknown_age_share: Accuracy: the same of tables by age.
-- revisions: Accuracy: figures that a release changed against the one before; empty if there is
--   none before.
-- revision_median: Accuracy: median change of those that are exact in both, as a share of the
--   figure before; empty if there is none.
-- days_to_release: Timeliness: from the end of the last period to the first release that has it;
--   empty where the publisher states no day of release.
-- releases: Punctuality: releases of the source that are here.
-- cadence_days: Punctuality: days after which a newer release is to be expected.
-- days_between_releases: Punctuality: median of the days between them; empty for a single one.
-- days_overdue: Punctuality: days by which the next release was late on the day of the newest
--   retrieval of any source; 0 if it was not yet due, empty where a day was assigned to the newest.
--   A newer one may be out and not yet here.
-- pairs: Coherence: totals of a state and year that another source has too.
-- pairs_agreeing: Coherence: pairs in which both may be the same number.
-- coll_method: Comparability: how the figures were collected (codelist.coll_method).
-- def_scope: Comparability: legal scope of trafficking in the source (codelist.def_scope).
-- time_basis: Comparability: what a year means in the source (codelist.time_basis).
-- breaks: Comparability: known breaks of the series.
-- comparability: Comparability: level of most of the figures; if two are as frequent, the lesser.
-- least_comparability: Comparability: level of the least comparable figure.
-- licence: Accessibility: terms of use, or that none are stated.
-- redistribute: Accessibility: whether the terms allow others to be given the figures.
-- is_fetched: Accessibility: whether a program may fetch the file; else it is got by hand.
-- key: source, indicator
-- terms: source
-- extract: none
-- disclosure: aggregate
-- made_after: rules and statistics
create table published.quality as
with figure as (
    select
        source,
        indicator,
        count(*) filter (lower is not null) as figures,
        count(*) filter (value is null and lower is not null) as suppressed,
        min(time_period) filter (lower is not null) as first_period,
        max(time_period) filter (lower is not null) as last_period
    from harmonised.current
    group by all
),
offered as (
    select
        source,
        indicator,
        count(distinct country) filter (area.is_oas) as states,
        list_sort(list_distinct(flatten(list(breakdowns)))) as breakdowns
    from harmonised.breakdowns_available
    left join codelist.area on area.code = breakdowns_available.country
    group by all
),
kept_out as (
    select source, indicator, count(distinct (release, locator)) as kept_out
    from main.quarantine
    join main.release using (source, release)
    where release.is_current
    group by all
),
identity as (
    select
        source,
        indicator,
        coalesce(sum(cases) filter (verdict = 'holds'), 0)::bigint as identities_held,
        coalesce(sum(cases) filter (verdict not in ('holds', 'untestable')), 0)::bigint
            as identities_failed,
        coalesce(sum(cases) filter (verdict = 'untestable'), 0)::bigint as identities_untestable
    from main.rule_account
    join main.rule using (rule)
    join main.release using (source, release)
    where release.is_current and severity = 'WARN' and kind = 'identity'
    group by all
),
unknown as (
    select
        source,
        indicator,
        sum(sex_unknown) / sum(persons_by_sex) as unknown_sex_share,
        sum(age_unknown) / sum(persons_by_age) as unknown_age_share
    from harmonised.sex_age_known
    group by all
),
revised as (
    select
        source,
        indicator,
        count(*) as revisions,
        median(abs(value - previous_value) / nullif(previous_value, 0)) as revision_median
    from published.revision
    where change = 'changed'
    group by all
),
newest as (
    select
        figure.source,
        figure.indicator,
        min(
            date_diff(
                'day', period_end(freq, time_period, basis.start_mm_dd), observation.release::date
            )
        ) as days_to_release
    from figure
    join harmonised.observation
        on observation.source = figure.source
        and observation.indicator = figure.indicator
        and observation.time_period = figure.last_period
        and observation.lower is not null
    join codelist.time_basis as basis on basis.code = observation.time_basis
    group by all
),
spaced as (
    select
        source,
        licence,
        release::date as day,
        day - lag(day) over (partition by source order by release) as days
    from main.release
),
punctual as (
    select
        source,
        count(*) as releases,
        median(days) as days_between_releases,
        max(day) as newest,
        arg_max(licence, day) as licence,
        (select max(greatest(release, left(retrieved, 10))) from main.release)::date as known_on
    from spaced
    group by all
),
paired as (
    select each.source, indicator, count(*) as pairs, count(*) filter (agrees) as pairs_agreeing
    from published.discrepancy
    cross join unnest([discrepancy.source, other_source]) as each (source)
    group by all
),
broken as (
    select source, indicator, count(distinct (time_period, reason)) as breaks
    from main.series_break
    group by all
),
levelled as (
    select source, indicator, comparability, count(*) as figures
    from published.observation
    group by all
),
compared as (
    select
        source,
        indicator,
        arg_max(comparability, (figures, comparability)) as comparability,
        max(comparability) as least_comparability
    from levelled
    group by all
)
select
    source,
    indicator::varchar as indicator,
    concept.core as is_core,
    string_split(concept.wp_objective, ';') as wp_objectives,
    coalesce(states, 0) as states,
    first_period,
    last_period,
    coalesce(breakdowns, []) as breakdowns,
    list_sort(list_filter(string_split(concept.dims_allowed, ' '), lambda name: name <> ''))
        as breakdowns_allowed,
    figures,
    suppressed,
    coalesce(kept_out, 0) as kept_out,
    coalesce(kept_out, 0) / nullif(figures + coalesce(kept_out, 0), 0) as kept_out_share,
    identities_held,
    identities_failed,
    identities_untestable,
    unknown_sex_share,
    unknown_age_share,
    case when releases > 1 then coalesce(revisions, 0) end as revisions,
    revision_median,
    case when about.release_day = 'STATED' then days_to_release end as days_to_release,
    releases,
    about.cadence_days,
    days_between_releases,
    case
        when about.release_day = 'ASSIGNED' then null
        else greatest(date_diff('day', newest, known_on) - about.cadence_days, 0)
    end as days_overdue,
    coalesce(pairs, 0) as pairs,
    coalesce(pairs_agreeing, 0) as pairs_agreeing,
    about.coll_method,
    about.def_scope,
    about.time_basis,
    coalesce(breaks, 0) as breaks,
    comparability,
    least_comparability,
    licence,
    about.redistribute,
    about.by_hand = '' as is_fetched
from figure
join codelist.indicator as concept on concept.code = figure.indicator
join main.source as about using (source)
join punctual using (source)
left join offered using (source, indicator)
left join kept_out using (source, indicator)
left join identity using (source, indicator)
left join unknown using (source, indicator)
left join revised using (source, indicator)
left join newest using (source, indicator)
left join paired using (source, indicator)
left join broken using (source, indicator)
left join compared using (source, indicator)
order by all;
