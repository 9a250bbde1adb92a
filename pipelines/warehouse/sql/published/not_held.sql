-- One row per headline figure that was printed and does not hold: a release prints it and quarantine
-- keeps it out, and no other figure of the source holds for the cell, a row for each rule; or the
-- newest release that replaced all before it no longer has it, and the release before had it. A
-- release that only updates some figures withdraws none.
-- why: Who holds it back (codelist.not_held).
-- release: Release that has the row in quarantine, or has the figure no longer.
-- year: Year of the period, as a number; empty if the row has none.
-- rule: Name of the rule that the row breaks, as in docs/rules.md, or the detector that found it.
-- rule_id: Id under which the rule was cited until November 2026; its name if it has no other.
-- message: What is wrong with the row and what to do.
-- previous_release: The release that had a withdrawn figure.
-- previous_value: The figure it had.
-- previous_value_raw: The text it had.
-- key: why, source, release, ref_area, indicator, time_period, rule
-- terms: source
-- extract: none
-- disclosure: repeats previous_release as release, previous_value as value
create view published.not_held as
select distinct
    'WITHHELD' as why,
    quarantine.source,
    quarantine.release,
    quarantine.ref_area::varchar as ref_area,
    quarantine.indicator::varchar as indicator,
    quarantine.time_period,
    year_of(quarantine.time_period) as year,
    quarantine.rule,
    quarantine.rule_id,
    quarantine.message,
    null::varchar as previous_release,
    null::double as previous_value,
    null::varchar as previous_value_raw
from main.quarantine
join main.release using (source, release)
anti join harmonised.current as holds
    on holds.source = quarantine.source
    and holds.ref_area = quarantine.ref_area
    and holds.indicator = quarantine.indicator
    and holds.freq = quarantine.freq
    and holds.time_basis = quarantine.time_basis
    and holds.time_period = quarantine.time_period
    and is_headline(
        holds.freq, holds.sex, holds.age, holds.exploitation, holds.citizenship,
        holds.counterpart_role, holds.breakdown
    )
where
    release.is_current
    and quarantine.ref_area is not null
    and quarantine.indicator is not null
    and quarantine.time_period is not null
    and is_headline(
        quarantine.freq, quarantine.sex, quarantine.age, quarantine.exploitation,
        quarantine.citizenship, quarantine.counterpart_role, quarantine.breakdown
    )
union all by name
select
    'WITHDRAWN' as why,
    source,
    release,
    ref_area,
    indicator,
    time_period,
    year,
    previous_release,
    previous_value,
    previous_value_raw
from published.revision
join main.release using (source, release)
anti join harmonised.current_text as updated using (source, cell_key)
where
    release.is_current
    and change = 'withdrawn'
    and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown);
