-- One row per source, release, area, indicator and year: all sexes, ages, forms, citizenships.
-- Counts and rates, no flags. Where the newest release updates those before it, the figures that hold
-- now make one series, under the newest release.
create view harmonised.total as
with series as (
    select observation.*
    from harmonised.observation
    join main.release using (source, release)
    where not is_current or (is_newest and action = 'REPLACE')
    union all
    select current.* replace (release.release as release)
    from harmonised.current
    join main.release on release.source = current.source and release.is_newest
    where release.action = 'MERGE'
)
select *
from series
where
    is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
    and indicator not in (
        select code::indicator
        from codelist.indicator
        where unit_measure = 'BOOL'
    );
