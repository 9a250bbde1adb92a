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
join sought
    on held.source = sought.source and held.release = sought.release
    and (
        (
            held.ref_area, held.indicator, held.freq, held.time_basis, held.time_period, held.sex,
            held.age, held.exploitation, held.citizenship, held.counterpart_role,
            held.counterpart_area, held.breakdown
        ) = (
            sought.ref_area, sought.indicator, sought.freq, sought.time_basis, sought.time_period,
            sought.sex, sought.age, sought.exploitation, sought.citizenship,
            sought.counterpart_role, sought.counterpart_area, sought.breakdown
        )
        -- A correction may have read the label by now: the row in the file is the same.
        or sought.unread <> '' and (
            ends_with(held.locator, ' row ' || sought.row)
            or ends_with(held.locator, ' row ' || sought.row || ', column ' || sought.column)
        )
    )
where not is_recalled;
