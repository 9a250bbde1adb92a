-- One row per source, release that changed anything, core indicator and kind of change: how many
-- headline figures, and how many cells in all.
-- change: As in codelist.change, or equal: headline figures that both releases have alike; not
--   known of a release that updates those before it.
with counted as (
    select
        source,
        release::varchar as release,
        previous_release::varchar as previous_release,
        indicator,
        change,
        count(*) filter (
            is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        ) as headline,
        count(*) as cells,
        count(value_raw) filter (
            is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        ) as now
    from published.revision
    group by all
),
alike as (
    select
        source,
        release,
        any_value(previous_release) as previous_release,
        indicator,
        'equal' as change,
        any_value(figures) - sum(now) as headline
    from counted
    join (
        select source, release::varchar as release, indicator::varchar as indicator,
            count(*) as figures
        from published.headline
        group by all
    ) using (source, release, indicator)
    join main.release using (source, release)
    where release.action = 'REPLACE'
    group by source, release, indicator
)
select source, release, previous_release, indicator, change, headline, cells
from counted
union all by name
from alike
order by source, release, indicator, change;
