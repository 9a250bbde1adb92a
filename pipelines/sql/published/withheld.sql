-- One row per headline figure that the newest release prints and quarantine keeps out, and rule.
-- rule: Id of the rule.
-- message: What is wrong and what to do.
create view published.withheld as
with split as (
    select quarantine.*, string_split(cell, '.') as part
    from main.quarantine
    join main.release using (source, release)
    where cell <> '' and is_newest
)
select distinct
    source,
    release,
    part[1] as ref_area,
    part[2] as indicator,
    part[5] as time_period,
    rule,
    message
from split
where part[3] = 'A' and part[6:] = ['_T', '_T', '_T', '_T', '_Z', '_Z', '_T'];
