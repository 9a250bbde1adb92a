-- One row per counted cell, as an interval: what is missing or in quarantine is 0 to infinity.
-- Rates, months and flags are not here: they do not add up.
-- lower: Least possible figure.
-- upper: Greatest possible figure, infinity if nothing is known.
create view harmonised.interval as
with kept_out as (
    select distinct
        source, release, cell_key
    from main.quarantine
    where indicator is not null
),
cell as (
    select
        source, release, cell_key,
        coalesce(lower, 0) as lower,
        coalesce(upper, 'infinity'::double) as upper
    from harmonised.observation
    union all by name
    select *, 0 as lower, 'infinity'::double as upper
    from kept_out
)
select *
from cell
where is_count(indicator);
