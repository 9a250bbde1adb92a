-- What was known on a day: one row per cell, with the figure of the newest release until then
-- that has the cell, since the last release that replaced all; one that only others repeat after all
-- others. Tables that the release known then prints under a wrong label are those of the release
-- before, if it holds today too. Columns: those of the contract, and `year`, the year of the period
-- as a number. Ask as: from published.observation_as_of('2024-06-01').
create macro published.observation_as_of(day) as table
with known as (
    select
        source,
        max(release) as newest,
        coalesce(max(release) filter (action = 'REPLACE'), '') as since
    from main.release
    where release <= day::date::varchar
    group by all
),
printed as (
    from harmonised.observation
    join known using (source)
    join main.release using (source, release)
    select
        observation.*, since < newest as is_of_several, provenance = 'REPEATED' as is_repeated
    where release between since and newest
    union all
    from harmonised.older
    join known using (source)
    join main.release on release.source = older.source and release.release = known.since
    select older.*, since < newest as is_of_several, false as is_repeated
    where is_current
)
select
    columns([
        'source', 'release', 'ref_area', 'indicator', 'freq', 'time_basis', 'time_period', 'sex', 'age',
        'exploitation', 'citizenship', 'counterpart_role', 'counterpart_area', 'breakdown'
    ])::varchar,
    value,
    lower,
    upper,
    obs_status,
    columns(['conf_status', 'def_scope'])::varchar,
    value_raw,
    locator,
    flags,
    correction,
    true_since,
    comment,
    year_of(time_period) as year
from printed
qualify
    not is_of_several
    or row_number() over (
        partition by source, cell_key
        order by is_repeated, release desc
    ) = 1;
