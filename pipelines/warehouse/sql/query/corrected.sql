-- One row per release that was corrected: how many corrections hold in it, how many figures bear
-- one, and which corrections it has mended.
with figure as (
    select source, release, unnest(correction) as id
    from harmonised.observation
),
corrected as (
    select source, release, count(distinct id) as corrections, count(*) as figures
    from figure
    join main.correction using (source, id)
    where effect = 'REPLACE'
    group by all
),
mended as (
    select source, release, string_agg(id, ', ' order by id) as mended
    from harmonised.correction_in_release
    where outcome = 'MENDED'
    group by all
)
select
    source, release,
    coalesce(corrections, 0) as corrections,
    coalesce(figures, 0) as figures,
    coalesce(mended, '') as mended
from corrected
full join mended using (source, release)
order by all;
