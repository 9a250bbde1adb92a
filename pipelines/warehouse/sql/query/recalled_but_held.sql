-- One row: how many rows a warehouse has of cells in `sought`, otherwise than as recalled.
with held as (
    select
        source, release, locator, ref_area::varchar as ref_area, indicator::varchar as indicator,
        freq::varchar as freq, time_basis::varchar as time_basis, time_period, sex::varchar as sex,
        age::varchar as age, exploitation::varchar as exploitation,
        citizenship::varchar as citizenship, counterpart_role::varchar as counterpart_role,
        counterpart_area::varchar as counterpart_area, breakdown::varchar as breakdown,
        false as is_recalled
    from harmonised.observation
    union all
    select
        source, release, locator, coalesce(ref_area::varchar, ''), coalesce(indicator::varchar, ''),
        coalesce(freq::varchar, ''), coalesce(time_basis::varchar, ''), coalesce(time_period, ''),
        coalesce(sex::varchar, ''), coalesce(age::varchar, ''),
        coalesce(exploitation::varchar, ''), coalesce(citizenship::varchar, ''),
        coalesce(counterpart_role::varchar, ''), coalesce(counterpart_area::varchar, ''),
        coalesce(breakdown::varchar, ''), bool_or(rule = 'figure_was_not_recalled')
    from main.quarantine
    group by all
)
select count(*)
from held
join sought using (
    source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
    citizenship, counterpart_role, counterpart_area, breakdown
)
where not is_recalled;
