-- One row per state and indicator with a yearly total from any source: detected victims, persons
-- prosecuted, persons convicted.
-- years: Years with an exact or a suppressed total.
-- suppressed: Years in which all totals are suppressed.
with known as (
    select indicator, ref_area, year, bool_and(value is null) as is_suppressed
    from published.headline
    where
        indicator in ('VIC_DETECT', 'PER_PROSEC', 'PER_CONVICT')
        and ref_area in (select code from codelist.area)
        and (value is not null or upper is not null)
    group by all
)
select
    indicator::varchar as indicator,
    ref_area::varchar as ref_area,
    list(year order by year) as years,
    coalesce(list(year order by year) filter (is_suppressed), []) as suppressed
from known
group by all
order by all;
