-- One row per release that was corrected: how many corrections hold in it, how many figures bear
-- one, which corrections it has mended since they were found, and which no longer fit although
-- something is found wrong with the new figure.
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
later as (
    select
        source, other_release as release, correction.id,
        bool_and(outcome in ('MENDED', 'GONE')) as is_mended,
        bool_or(outcome = 'CHANGED') as is_changed
    from harmonised.erratum_in_release
    join main.erratum using (source, release, file, "row", "column", about)
    join (select id, found_in, ref_area as state from main.correction) as correction
        on correction.id = code and found_in = release
    where other_release > release and state <> ''
    group by all
),
became as (
    select
        later.source, later.release,
        string_agg(later.id, ', ' order by later.id) filter (is_mended) as mended,
        string_agg(later.id, ', ' order by later.id) filter (is_changed) as changed
    from later
    anti join main.erratum
        on erratum.source = later.source
        and erratum.release = later.release
        and erratum.code = later.id
    where is_mended or is_changed
    group by all
)
select
    source, release,
    coalesce(corrections, 0) as corrections,
    coalesce(figures, 0) as figures,
    coalesce(mended, '') as mended,
    coalesce(changed, '') as changed
from corrected
full join became using (source, release)
order by all;
