-- One row per yearly series of counts of a state: the verdict on its trend since the last break, and
-- the years of sharp changes and of doubtful figures.
select
    source,
    ref_area,
    indicator,
    time_basis,
    trend_verdict as verdict,
    points,
    tau,
    p_value,
    q_value,
    first_period::integer as first,
    last_period::integer as last,
    list_transform(jumps, lambda year: year::integer) as jumps,
    jump_ratios,
    list_transform(doubtful, lambda year: year::integer) as doubtful,
    coalesce(jump_period, '') as jump,
    coalesce(turn_period, '') as turn
from published.trend
where ref_area in (select code from codelist.area)
order by all;
