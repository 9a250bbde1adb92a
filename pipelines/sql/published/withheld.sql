-- One row per headline figure that the newest release prints and quarantine keeps out, and rule.
-- rule: Id of the rule.
-- message: What is wrong and what to do.
create view published.withheld as
select distinct
    source,
    release,
    ref_area::varchar as ref_area,
    indicator::varchar as indicator,
    time_period,
    rule,
    message
from main.quarantine
join main.release using (source, release)
where
    release.is_newest
    and ref_area is not null
    and indicator is not null
    and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown);
