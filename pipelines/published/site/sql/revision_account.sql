-- One row per source, release that changed anything, indicator and kind of change: numbers of
-- headline figures and of all cells.
-- change: As in codelist.change, or equal for headline figures that are the same in both releases;
--   their number is unknown for a release that updates those before it.
-- cells: Number of all cells, parts included; those that were narrowed are none.
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
        count(*) filter (change <> 'narrowed') as cells,
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
        from published.observation
        where is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
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
