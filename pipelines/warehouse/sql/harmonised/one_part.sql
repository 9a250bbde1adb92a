-- One row per yearly total, and part of it, that is more than {parameter.factor_of_one_part} times the year
-- before because of that one part of the country: it has over {parameter.share_of_one_part} % of the total, and
-- without it the total does not grow so much.
-- part: The subdivision.
-- percent: Its share of the total.
create view harmonised.one_part as
with total as (
    select
        *,
        lag(value) over series as before,
        lag(time_period::integer) over series = time_period::integer - 1 as follows
    from harmonised.observation
    where
        is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        and value is not null
    window series as (
        partition by source, release, ref_area, indicator, time_basis order by time_period
    )
),
explained as (
    select
        whole.*,
        part.ref_area as part,
        100 * part.value / whole.value as percent
    from total as whole
    join codelist.subdivision on country = whole.ref_area::varchar
    join total as part
        on part.ref_area::varchar = subdivision.code
        and part.source = whole.source
        and part.release = whole.release
        and part.indicator = whole.indicator
        and part.time_basis = whole.time_basis
        and part.time_period = whole.time_period
    where
        whole.follows
        and part.follows
        and whole.before >= parameter.least_total_of_one_part()
        and whole.value > parameter.factor_of_one_part() * whole.before
        and percent > 100 * parameter.share_of_one_part()
        and whole.value - part.value
        <= parameter.factor_of_one_part() * (whole.before - part.before)
        and not has_status(whole.obs_status, 'B')
    qualify
        row_number() over (
            partition by
                whole.source, whole.release, whole.ref_area, whole.indicator, whole.time_basis,
                whole.time_period
            order by subdivision.level desc
        ) = 1
)
select
    source, release, unnest([ref_area, part]) as ref_area, indicator, time_basis, time_period, part,
    percent
from explained;
