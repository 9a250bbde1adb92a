-- One row per source, printed text and what it was read as, and whether releases that print zeros
-- have it so.
select
    source, value_raw, value, lower, upper,
    bool_and(prints_zeros) as prints_zeros
from (
    select
        *,
        bool_or(value_raw = '0') over (partition by source, release) as prints_zeros
    from harmonised.observation
)
group by all
order by all;
