-- One row per yearly total that counts another unit than its name says: it is the number of the
-- state's own file, which counts other things, such as victims where it says offences. In several
-- years that is no chance; where the two share one year only, a total of 100 or more tells as much.
-- An incident that the police recorded is an offence that they recorded.
-- own_source: The state's own source.
-- own_indicator: What that counts.
create view harmonised.other_unit as
with total as (
    select
        observation.*,
        case list.count_unit when 'INCIDENT' then 'OFFENCE' else list.count_unit end as unit
    from harmonised.observation
    join codelist.indicator as list on list.code::indicator = observation.indicator
    where
        is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        and value >= 20
        and unit_measure = 'NUMBER'
),
own as (
    select total.*
    from total
    semi join harmonised.current using (source, release, indicator, ref_area, time_period)
    where is_own_authority(source, ref_area)
),
pair as (
    select
        total.*,
        own.source as own_source,
        own.indicator as own_indicator,
        total.value = own.value as is_same,
        count(*) filter (is_same) over series as same,
        count(*) over series as years
    from total
    join own using (ref_area, time_basis, time_period)
    where not is_own_authority(total.source, ref_area) and total.unit <> own.unit
    window series as (
        partition by total.source, total.release, ref_area, total.indicator, time_basis,
            own.source, own.indicator
    )
)
select
    source, release, ref_area, indicator, time_basis, time_period, own_source, own_indicator
from pair
where is_same and (same > 1 or years = 1 and value >= 100);
