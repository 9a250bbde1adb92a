-- One row per source, state, indicator, kind of year and year for which the newest release has a
-- figure under an empty or illegible citizenship, so that it is kept out.
select distinct
    source,
    ref_area::varchar as ref_area,
    indicator::varchar as indicator,
    time_basis::varchar as time_basis,
    left(time_period, 4)::integer as year
from main.quarantine
join main.release using (source, release)
where is_current and rule in ('labels_are_known', 'labels_are_readable') and citizenship is null and ref_area is not null
order by all;
