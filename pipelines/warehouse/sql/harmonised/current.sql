-- One row per cell of a source: the figure that holds now. It is that of the newest release; where
-- that updates those before it, that of the newest release that has the cell, since the last one that
-- replaced all; a figure that only others repeat does not take the place of one read in the publisher's
-- file or a copy of it. Where a release prints a whole table under a wrong label, that of the release
-- before, see harmonised.older.
create view harmonised.current as
with whole as (
    select source
    from main.release
    where is_newest and action = 'REPLACE'
)
select observation.*
from harmonised.observation
join main.release using (source, release)
where release.is_newest and release.action = 'REPLACE'
union all
select older.*
from harmonised.older
semi join whole using (source)
union all
select several.* exclude (is_repeated)
from (
    select observation.*, release.provenance = 'REPEATED' as is_repeated
    from harmonised.observation
    join main.release using (source, release)
    anti join whole using (source)
    where release.is_current
    union all
    select older.*, false as is_repeated
    from harmonised.older
    anti join whole using (source)
) as several
qualify
    row_number() over (
        partition by source, cell_key
        order by is_repeated, release desc
    ) = 1;
