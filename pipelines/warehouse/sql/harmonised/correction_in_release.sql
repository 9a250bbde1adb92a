-- One row per correction of a cell and release of its source, from that in which the error was found
-- on, that has figures of the state, indicator and period.
-- outcome: APPLIED: the release prints the old text, and the correction holds. KEPT_OUT: it prints
--   the cell, but the figure is in quarantine or withheld. MENDED: it prints another text there, or
--   no such cell.
-- printed: What the release prints in the cell, where that is mended; empty if it has no such cell.
create view harmonised.correction_in_release as
with printed as (
    select
        source, release, ref_area::varchar as ref_area, indicator::varchar as indicator, time_period,
        sex::varchar as sex, age::varchar as age, exploitation::varchar as exploitation,
        citizenship::varchar as citizenship, counterpart_area::varchar as counterpart_area,
        value_raw, correction as corrections,
        value_raw = 'withheld' as is_kept_out
    from harmonised.observation
    union all
    select
        source, release, ref_area, indicator, time_period, sex, age, exploitation, citizenship,
        counterpart_area, found, [], true
    from main.quarantine
),
later as (
    select
        printed.release,
        correction,
        (
            printed.sex, printed.age, printed.exploitation, printed.citizenship,
            printed.counterpart_area
        ) = (
            correction.sex, correction.age, correction.exploitation, correction.citizenship,
            correction.counterpart_area
        ) as is_cell,
        printed
    from main.correction
    join printed using (source, ref_area, indicator, time_period)
    where printed.release >= correction.found_in
)
select
    correction.source,
    release,
    correction.id,
    case
        when bool_or(
            list_contains(printed.corrections, correction.id)
            or is_cell and list_contains(string_split(printed.value_raw, ' + '), correction.old)
            and not printed.is_kept_out
        ) then 'APPLIED'
        when bool_or(is_cell and printed.is_kept_out) then 'KEPT_OUT'
        else 'MENDED'
    end as outcome,
    case outcome when 'MENDED' then min(printed.value_raw) filter (is_cell) end as printed
from later
group by correction.source, release, correction.id;
