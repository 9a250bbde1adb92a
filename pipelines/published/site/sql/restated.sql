-- One row per headline figure that a later release changed, if that is only repeated by others: such a
-- figure does not take the place of one read in the publisher's file or a copy of it. The columns are
-- those of sql/revised.sql, with the figure that holds as the previous one.
select
    later.source,
    later.release::varchar as release,
    later.ref_area::varchar as ref_area,
    later.indicator::varchar as indicator,
    later.time_basis::varchar as time_basis,
    held.year,
    later.value,
    later.lower,
    later.upper,
    later.obs_status::varchar as obs_status,
    later.conf_status::varchar as conf_status,
    list_contains(later.flags, 'YEAR_INFERRED') as is_year_inferred,
    null::varchar as break_reason,
    null::varchar as break_year,
    held.release::varchar as previous_release,
    held.value as previous_value,
    held.value_raw as previous_value_raw
from harmonised.observation as later
join main.release using (source, release)
join published.headline as held using (source, ref_area, indicator, time_basis, time_period)
where
    main.release.provenance = 'REPEATED'
    and later.release > held.release
    and is_headline(
        later.freq, later.sex, later.age, later.exploitation, later.citizenship,
        later.counterpart_role, later.breakdown
    )
    and not lies_within(later.lower, later.upper, held.lower, held.upper)
qualify
    row_number() over (
        partition by later.source, later.ref_area, later.indicator, later.time_basis, later.time_period
        order by later.release desc
    ) = 1
order by later.source, later.indicator, later.ref_area, held.year;
