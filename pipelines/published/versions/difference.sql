-- One row per cell that differs between two versions: the current figures of the attached databases
-- `before` and `after`.
with cell as (
    select
        coalesce(new.source, old.source) as source,
        coalesce(new.ref_area, old.ref_area) as ref_area,
        coalesce(new.indicator, old.indicator) as indicator,
        coalesce(new.time_period, old.time_period) as time_period,
        coalesce(new.sex, old.sex) as sex,
        coalesce(new.age, old.age) as age,
        coalesce(new.exploitation, old.exploitation) as exploitation,
        coalesce(new.citizenship, old.citizenship) as citizenship,
        coalesce(
            after.is_headline(
                new.freq, new.sex, new.age, new.exploitation, new.citizenship,
                new.counterpart_role, new.breakdown
            ),
            before.is_headline(
                old.freq, old.sex, old.age, old.exploitation, old.citizenship,
                old.counterpart_role, old.breakdown
            )
        ) as is_total,
        case
            when old.source is null then 'added'
            when new.source is null then 'withdrawn'
            when new.value_raw is distinct from old.value_raw then 'changed'
            else 'with another status'
        end as change,
        new.obs_status as status,
        old.obs_status as previous_status,
        case
            -- The earlier figure would give a suppressed one away.
            when new.conf_status is not null and new.conf_status <> 'F' then null
            else coalesce(withheld.value_raw, old.value_raw)
        end as previous,
        new.value_raw as value
    from after.published.observation as new
    full join before.published.observation as old
        using (
            source, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
            citizenship, counterpart_role, counterpart_area, breakdown
        )
    left join (
        select source, release, locator, time_period, value_raw
        from after.harmonised.observation
        where value_raw = 'withheld'
    ) as withheld
        on withheld.source = old.source
        and withheld.release = old.release
        and withheld.locator = old.locator
        and withheld.time_period = old.time_period
    where (new.value_raw, new.obs_status) is distinct from (old.value_raw, old.obs_status)
)
select
    source, ref_area, indicator, time_period, sex, age, exploitation, citizenship, is_total, change,
    previous, value, previous_status, status
from cell
order by
    source, indicator, ref_area, time_period, change, exploitation, citizenship, sex, age, previous,
    value;
