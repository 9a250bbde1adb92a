-- One row per cell that a release changed against the release before it, of the same source. Where
-- releases add to each other, the release before it is the last one that had the cell.
-- source: Source, as in the table source.
-- release: Release that made the change.
-- previous_release: Release before it.
-- change: new, withdrawn or changed; kept_out or let_in where our quarantine made the difference;
--   undetermined where a row with an unreadable label may be the same cell.
-- value: Figure in the release.
-- lower: Least possible figure in the release.
-- upper: Greatest possible figure in the release.
-- value_raw: Printed text in the release; empty if the cell is not in it.
-- previous_value: Figure in the release before it.
-- previous_lower: Least possible figure in the release before it.
-- previous_upper: Greatest possible figure in the release before it.
-- previous_value_raw: Printed text in the release before it.
-- locator: The way to the printed cell in the release.
-- previous_locator: The way to the printed cell in the release before it.
create view published.revision as
with step as (
    select source, release, lag(release) over (partition by source order by release) as previous
    from main.release
    join main.source using (source)
    where not source.adds_up
),
printed as (
    select observation.*, step.previous, true as is_later
    from harmonised.observation
    join step using (source, release)
    where step.previous is not null
    union all by name
    select observation.* replace (step.release as release), step.previous, false as is_later
    from harmonised.observation
    join step on step.source = observation.source and step.previous = observation.release
),
pair as (
    -- Grouped rather than joined: a filter on the cell then reaches the figures of both releases.
    select
        source,
        release,
        previous as previous_release,
        ref_area,
        indicator,
        freq,
        time_basis,
        time_period,
        sex,
        age,
        exploitation,
        citizenship,
        counterpart_role,
        counterpart_area,
        breakdown,
        max(value) filter (is_later) as value,
        max(lower) filter (is_later) as lower,
        max(upper) filter (is_later) as upper,
        max(value_raw) filter (is_later) as value_raw,
        max(value) filter (not is_later) as previous_value,
        max(lower) filter (not is_later) as previous_lower,
        max(upper) filter (not is_later) as previous_upper,
        max(value_raw) filter (not is_later) as previous_value_raw,
        max(locator) filter (is_later) as locator,
        max(locator) filter (not is_later) as previous_locator
    from printed
    group by all
),
restated as (
    select
        source,
        release,
        lag(release) over cell as previous_release,
        ref_area,
        indicator,
        freq,
        observation.time_basis,
        time_period,
        sex,
        age,
        exploitation,
        citizenship,
        counterpart_role,
        counterpart_area,
        breakdown,
        value,
        lower,
        upper,
        value_raw,
        lag(value) over cell as previous_value,
        lag(lower) over cell as previous_lower,
        lag(upper) over cell as previous_upper,
        lag(value_raw) over cell as previous_value_raw,
        locator,
        lag(locator) over cell as previous_locator
    from harmonised.observation
    join main.source using (source)
    where source.adds_up
    window cell as (
        partition by
            source, ref_area, indicator, freq, observation.time_basis, time_period, sex, age,
            exploitation, citizenship, counterpart_role, counterpart_area, breakdown
        order by release
    )
),
one_sided as (
    select *, if(value_raw is null, release, previous_release) as other_release
    from pair
    where value_raw is null or previous_value_raw is null
),
perhaps_kept_out as (
    select
        one_sided.* exclude (other_release),
        bool_or(
            kept_out.citizenship = one_sided.citizenship
            and kept_out.counterpart_area = one_sided.counterpart_area
        ) as is_certain
    from one_sided
    join main.quarantine as kept_out
        on kept_out.source = one_sided.source
        and kept_out.release = one_sided.other_release
        and kept_out.ref_area = one_sided.ref_area
        and kept_out.indicator = one_sided.indicator
        and kept_out.freq = one_sided.freq
        and kept_out.time_basis = one_sided.time_basis
        and kept_out.time_period = one_sided.time_period
        and kept_out.sex = one_sided.sex
        and kept_out.age = one_sided.age
        and kept_out.exploitation = one_sided.exploitation
        and coalesce(
            kept_out.citizenship = one_sided.citizenship, one_sided.citizenship <> '_T'
        )
        and kept_out.counterpart_role = one_sided.counterpart_role
        and coalesce(
            kept_out.counterpart_area = one_sided.counterpart_area,
            one_sided.counterpart_area <> '_Z'
        )
        and kept_out.breakdown = one_sided.breakdown
    group by all
),
classed as (
    select
        pair.*,
        case
            when pair.value_raw is null and is_certain then 'kept_out'
            when pair.previous_value_raw is null and is_certain then 'let_in'
            when perhaps_kept_out.source is not null then 'undetermined'
            when pair.value_raw is null then 'withdrawn'
            when pair.previous_value_raw is null then 'new'
            when
                (pair.value, pair.lower, pair.upper)
                is distinct from (pair.previous_value, pair.previous_lower, pair.previous_upper)
                then 'changed'
        end as change
    from pair
    left join perhaps_kept_out using (
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age,
        exploitation, citizenship, counterpart_role, counterpart_area, breakdown
    )
    union all
    select
        *,
        if(
            (value, lower, upper) is distinct from (previous_value, previous_lower, previous_upper),
            'changed',
            null
        ) as change
    from restated
    where previous_release is not null
)
select
    source,
    release,
    previous_release,
    change,
    ref_area::varchar as ref_area,
    indicator::varchar as indicator,
    freq::varchar as freq,
    time_basis::varchar as time_basis,
    time_period,
    sex::varchar as sex,
    age::varchar as age,
    exploitation::varchar as exploitation,
    citizenship::varchar as citizenship,
    counterpart_role::varchar as counterpart_role,
    counterpart_area::varchar as counterpart_area,
    breakdown::varchar as breakdown,
    value,
    lower,
    upper,
    value_raw,
    previous_value,
    previous_lower,
    previous_upper,
    previous_value_raw,
    locator,
    previous_locator
from classed
where change is not null;
