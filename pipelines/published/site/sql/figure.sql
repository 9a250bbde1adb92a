-- One row per source, state, indicator and year with a headline figure, one per withheld figure and
-- check that it failed, and one per figure that the newest release withdrew.
-- comparability: Level of the figure; figures of level 4 may be shown in tables only.
-- is_repeated: Whether only others repeat it.
-- is_year_inferred: Whether the source names no year.
-- doubt: Reason why the figure is doubtful, a code of codelist.detector.
-- source_note: The source's note on what is counted and by whom, in English, if the source gathers
--   figures of several authorities; empty for a suppressed figure.
-- same_as: Indicators for which the source prints the same number in several years joined by a
--   space (rule indicators_have_different_totals).
with repeated as (
    select
        source, ref_area, indicator, time_period,
        string_agg(distinct subject, ' ' order by subject) as same_as
    from main.rule_result
    join main.release using (source, release)
    -- Figures that hold now are checked as one series, under the newest release.
    where rule = 'indicators_have_different_totals' and is_newest
    group by all
),
published_figure as (
    select
        source,
        release,
        ref_area::varchar as ref_area,
        indicator::varchar as indicator,
        time_basis::varchar as time_basis,
        year,
        value,
        lower,
        upper,
        obs_status::varchar as obs_status,
        conf_status::varchar as conf_status,
        value_raw,
        break_reason,
        break_year,
        previous_release,
        previous_value,
        previous_value_raw,
        null::varchar as rule,
        comparability,
        comparability_reason,
        provenance = 'REPEATED' as is_repeated,
        is_year_inferred(comment) as is_year_inferred,
        doubt_of(obs_status, comment) as doubt,
        if(
            conf_status = 'F'
            and source in (select source from main.source where coll_method = 'MULTI'),
            -- What follows a semicolon are remarks of whoever read the passage; they stay in the warehouse.
            nullif(
                regexp_replace(
                    trim(regexp_extract(comment, '^([^;(]|\([^)]*\))*')), '^[A-Z]{3,}_[A-Z0-9_]+$', ''
                ),
                ''
            ),
            null
        ) as source_note,
        same_as
    from published.headline
    join main.release using (source, release)
    left join repeated using (source, ref_area, indicator, time_period)
    left join (
        select
            source, release, locator, time_period, comparability, comparability_reason
        from published.comparability
    ) using (source, release, locator, time_period)
    where ref_area in (select code from codelist.area)
),
withheld_figure as (
    select
        source,
        release,
        ref_area::varchar as ref_area,
        indicator::varchar as indicator,
        year,
        rule_id as rule
    from published.withheld
    where year is not null -- a period that is not a year has no place on an axis
),
withdrawn_figure as (
    select
        source,
        release,
        ref_area::varchar as ref_area,
        indicator::varchar as indicator,
        year,
        previous_release,
        previous_value,
        previous_value_raw
    from published.withdrawn
),
figure as (
    from published_figure
    union all by name
    from withheld_figure
    union all by name
    from withdrawn_figure
)
select figure.*, list.count_unit, list.unit_measure
from figure
join codelist.indicator as list on list.code = figure.indicator
order by source, ref_area, indicator, year, rule;
