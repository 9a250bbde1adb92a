-- One row per headline figure that a release prints and quarantine keeps out, and rule; unless
-- another figure of the source holds for the cell.
-- year: Year of the period, as a number; empty if the row has none.
-- rule: Name of the rule, as in docs/rules.md, or the detector that found it.
-- rule_id: Id under which the rule was cited until November 2026; its name if it has no other.
-- message: What is wrong and what to do.
create view published.withheld as
select distinct
    quarantine.source,
    quarantine.release,
    quarantine.ref_area::varchar as ref_area,
    quarantine.indicator::varchar as indicator,
    quarantine.time_period,
    year_of(quarantine.time_period) as year,
    quarantine.rule,
    quarantine.rule_id,
    quarantine.message
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
    );
