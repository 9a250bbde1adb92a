-- One row per core indicator, in the order of the code list: the states of the Americas of which a source
-- has a figure, suppressed figures and parts included, and the years.
-- confirmed: The states whose newest answer is yes, for yes-or-no facts.
with known as (
    from published.coverage
    where coverage_status in ('reported', 'suppressed', 'partial')
),
confirmed as (
    select indicator, list(ref_area order by ref_area) as confirmed
    from (
        select indicator, ref_area, arg_max(value, year) as newest
        from published.observation
        where
            unit_measure = 'BOOL'
            and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        group by all
    )
    where newest = 1
    group by all
)
select
    listed.code as indicator,
    domain,
    unit_measure not in ('PER_100000_POP', 'BOOL') as is_count,
    list(distinct ref_area order by ref_area) filter (ref_area is not null) as states,
    coalesce(min(year), 0) as first_year,
    coalesce(max(year), 0) as last_year,
    any_value(confirmed.confirmed) as confirmed
from (select row_number() over () as place, * from codelist.indicator) as listed
left join known on known.indicator = listed.code
left join confirmed on confirmed.indicator = listed.code
where core
group by place, listed.code, domain, unit_measure
order by place;
