-- One row per cell, as an interval: what is missing or kept out in quarantine is 0 to infinity.
-- lower: Least possible figure.
-- upper: Greatest possible figure, infinity if nothing is known.
create view harmonised.interval as
with kept_out as (
    select distinct source, release, string_split(cell, '.') as part
    from main.quarantine
    where len(string_split(cell, '.')) = 12
)
select
    source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
    citizenship, counterpart_role, counterpart_area, breakdown,
    coalesce(lower, 0) as lower,
    coalesce(upper, 'infinity'::double) as upper
from harmonised.observation
union all
select
    source, release, part[1]::area, part[2]::indicator, part[3]::freq, part[4]::time_basis, part[5],
    part[6]::sex, part[7]::age, part[8]::exploitation, part[9]::citizenship_area,
    part[10]::counterpart_role, part[11]::area, part[12]::breakdown,
    0 as lower,
    'infinity'::double as upper
from kept_out;
