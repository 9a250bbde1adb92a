-- One row per core indicator, in the order of the code list: the states of the OAS of which a source
-- has a figure, suppressed figures and parts included, and the years.
with known as (
    from published.coverage
    where coverage_status in ('reported', 'suppressed', 'partial')
)
select
    listed.code as indicator,
    domain,
    unit_measure not in ('PER_100000_POP', 'BOOL') as is_count,
    list(distinct ref_area order by ref_area) filter (ref_area is not null) as states,
    coalesce(min(year), 0) as first_year,
    coalesce(max(year), 0) as last_year
from (select row_number() over () as place, * from codelist.indicator) as listed
left join known on known.indicator = listed.code
where core
group by place, listed.code, domain, unit_measure
order by place;
