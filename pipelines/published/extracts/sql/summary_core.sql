-- One row per state and core indicator that counts something: those that need something first, in
-- the order of priority of their first need, then in the order of the code list.
-- has_figure: Whether a source has a figure of the state, suppressed ones and parts included.
-- states: How many states have one.
-- with_total: How many states have a yearly total, suppressed ones included.
-- needs: What would close the gaps (codelist.need), each with its step, its rank among all and the years
--   that it concerns, in order of priority.
with core as (
    select code::varchar as indicator, row_number() over () as place
    from codelist.indicator
    where core and unit_measure not in ('PER_100000_POP', 'BOOL')
),
known as (
    select ref_area, indicator, bool_or(coverage_status <> 'partial') as has_total
    from published.coverage
    where coverage_status in ('reported', 'suppressed', 'partial')
    group by all
),
needed as (
    select
        ref_area,
        indicator,
        min(priority) as priority,
        list({'need': need, 'step': need_step, 'priority': priority, 'periods': periods} order by priority)
            as needs
    from published.need
    group by all
)
select
    area.code as ref_area,
    core.indicator,
    known.indicator is not null as has_figure,
    count(known.indicator) over (partition by core.indicator) as states,
    count(*) filter (has_total) over (partition by core.indicator) as with_total,
    coalesce(needs, []) as needs
from codelist.area
cross join core
left join known on known.ref_area = area.code and known.indicator = core.indicator
left join needed on needed.ref_area = area.code and needed.indicator = core.indicator
where is_oas
order by area.code, priority nulls last, place;
