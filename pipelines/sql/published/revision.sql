-- One row per cell that a release changed against the release before it, of the same source.
-- A cell whose labels could not be read in one of the two releases shows as new or withdrawn.
-- source: Source, as in the table source.
-- release: Release that made the change.
-- previous_release: Release before it.
-- change: new, withdrawn, changed; kept_out or let_in if quarantine alone made the difference.
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
),
later as (
    select observation.*, step.previous
    from harmonised.observation
    join step using (source, release)
    where step.previous is not null
),
earlier as (
    select observation.* exclude (release), step.release, step.previous
    from harmonised.observation
    join step on step.source = observation.source and step.previous = observation.release
),
pair as (
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
        later.value,
        later.lower,
        later.upper,
        later.value_raw,
        earlier.value as previous_value,
        earlier.lower as previous_lower,
        earlier.upper as previous_upper,
        earlier.value_raw as previous_value_raw,
        later.locator,
        earlier.locator as previous_locator,
        concat_ws(
            '.', ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
            citizenship, counterpart_role, counterpart_area, breakdown
        ) as cell
    from later
    full outer join earlier using (
        source, release, previous, ref_area, indicator, freq, time_basis, time_period, sex, age,
        exploitation, citizenship, counterpart_role, counterpart_area, breakdown
    )
),
kept_out as (
    select distinct source, release, cell
    from main.quarantine
    where cell <> ''
),
classed as (
    select
        pair.*,
        case
            when pair.value_raw is null and now_out.cell is not null then 'kept_out'
            when pair.value_raw is null then 'withdrawn'
            when pair.previous_value_raw is null and then_out.cell is not null then 'let_in'
            when pair.previous_value_raw is null then 'new'
            when
                (pair.value, pair.lower, pair.upper)
                is distinct from (pair.previous_value, pair.previous_lower, pair.previous_upper)
                then 'changed'
        end as change
    from pair
    left join kept_out as now_out
        on now_out.source = pair.source
        and now_out.release = pair.release
        and now_out.cell = pair.cell
    left join kept_out as then_out
        on then_out.source = pair.source
        and then_out.release = pair.previous_release
        and then_out.cell = pair.cell
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
