-- One row per state of the OAS: how many core indicators lack a figure, and the need that comes first.
-- missing: Number of core indicators without a figure of the state, from any source.
-- of: Number of core indicators that count something.
-- need, indicator: The first need in order of priority; empty if the state has none.
with core as (
    select code as indicator, row_number() over () as place
    from codelist.indicator
    where core and unit_measure not in ('PER_100000_POP', 'BOOL')
),
known as (
    select ref_area, count(distinct indicator) as known
    from published.coverage
    semi join core using (indicator)
    where coverage_status in ('reported', 'suppressed', 'partial')
    group by ref_area
),
ranked as (
    select
        ref_area,
        indicator,
        need,
        place,
        indicator not in ('VIC_DETECT', 'PER_PROSEC', 'PER_CONVICT') as is_other,
        if(need = 'BEGIN' and is_other, 9, list_position(
            ['BEGIN', 'UPDATE', 'FIX', 'FILL', 'COMPLETE', 'TELL_UNKNOWN'], need
        )) as priority
    from published.need
    join core using (indicator)
),
first_need as (
    select
        ref_area,
        arg_min({'need': need, 'indicator': indicator}, (coalesce(priority, 8), is_other, place))
            as first
    from ranked
    group by ref_area
)
select
    code::varchar as ref_area,
    (select count(*) from core) as "of",
    (select count(*) from core) - coalesce(known, 0) as missing,
    first.need::varchar as need,
    first.indicator::varchar as indicator
from codelist.area
left join known on known.ref_area = area.code
left join first_need on first_need.ref_area = area.code
where is_oas
order by code;
