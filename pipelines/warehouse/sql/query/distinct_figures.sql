-- One row per source, printed text and what it was read as. least: The least count that `<5` hides in
-- the releases that have it so: that which most of their hidden figures have, 0 or 1.
with release as (
    select source, release, mode(lower) filter (regexp_full_match(value_raw, '< ?[0-9]+')) as least
    from harmonised.observation
    group by all
)
select distinct
    source, value_raw, value, lower, upper,
    least(coalesce(least, 0), 1)::integer as least
from harmonised.observation
join release using (source, release)
order by all;
