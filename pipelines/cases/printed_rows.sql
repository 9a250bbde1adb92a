-- one row per figure that was counted from records, in every release that readers have: the columns
-- of a printed table. A small change since an earlier release is D in the warehouse, since SDMX has
-- no code of its own for it, and Q in the printed table.
select
    indicator::varchar as indicator, ref_area::varchar as ref_area, time_period, release,
    sex::varchar as sex, age::varchar as age, exploitation::varchar as exploitation,
    citizenship::varchar as citizenship,
    value::bigint as value,
    case when value is null then lower::bigint end as lower,
    case when value is null then upper::bigint end as upper,
    case conf_status when 'D' then 'Q' else conf_status::varchar end as conf_status
from harmonised.observation
where source = ?
order by all
