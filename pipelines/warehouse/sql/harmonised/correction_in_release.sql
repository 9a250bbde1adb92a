-- One row per correction of a cell and release of its source, from that in which the error was found
-- on, that has figures of the state, indicator and period.
-- outcome: APPLIED: the release prints the old text, and the correction holds. KEPT_OUT: it prints
--   the old text in a table that is kept out. MENDED: it prints another text there, or no such cell.
-- printed: What the release prints in the cell now, where that is mended; empty if it has no such
--   cell.
create view harmonised.correction_in_release as
with printed as (
    select
        source, release, ref_area::varchar as ref_area, indicator::varchar as indicator, time_period,
        sex::varchar as sex, age::varchar as age, exploitation::varchar as exploitation,
        citizenship::varchar as citizenship, counterpart_area::varchar as counterpart_area,
        value_raw, string_split(coalesce(comment, ''), '; ') as remarks, false as is_kept_out
    from harmonised.observation
    union all
    select
        source, release, ref_area, indicator, time_period, sex, age, exploitation, citizenship,
        counterpart_area, found, [], true
    from main.quarantine
),
later as (
    select distinct correction.*, printed.release
    from main.correction
    join printed using (source, ref_area, indicator, time_period)
    where printed.release >= correction.found_in
)
select
    later.source,
    later.release,
    later.id,
    case
        when bool_or(list_has_any(remarks, ['correction ' || id, 'doubt ' || id])) then 'APPLIED'
        when bool_or(is_kept_out and value_raw = old) then 'KEPT_OUT'
        else 'MENDED'
    end as outcome,
    case outcome
        when 'MENDED' then min(value_raw) filter (
            (sex, age, exploitation, citizenship, counterpart_area)
            = (later.sex, later.age, later.exploitation, later.citizenship, later.counterpart_area)
        )
    end as printed
from later
join printed using (source, release, ref_area, indicator, time_period)
group by all;
