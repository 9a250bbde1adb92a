-- One row per indicator of the code list, in its order: its properties, and the number of states for
-- which any source has a total.
-- states: Number of states with a total in some year, suppressed ones included.
-- parts: Number of states with figures of parts only.
with known as (
    select
        indicator,
        ref_area,
        min(time_period) filter (coverage_status <> 'partial') as first_year,
        max(time_period) filter (coverage_status <> 'partial') as last_year
    from published.coverage
    where coverage_status in ('reported', 'suppressed', 'partial')
    group by all
)
select
    code, domain, stage, count_unit, unit_measure, iccs, parent, dims_allowed,
    count(first_year) as states,
    count(ref_area) - count(first_year) as parts,
    min(first_year)::integer as first_year,
    max(last_year)::integer as last_year
from (select row_number() over () as place, * from codelist.indicator) as listed
left join known on known.indicator = listed.code
group by all
order by min(place);
