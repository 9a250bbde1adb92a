-- One row per cell that a release changed against the release before it, of the same source. A release
-- that replaces all is compared with the one that did so before; one that updates some cells, with the
-- last one that had the cell. A figure within the bounds printed before was narrowed, not changed.
-- source: Source, as in the table source.
-- release: Release that made the change.
-- previous_release: Release before it.
-- change: new, withdrawn, changed or narrowed, as <5 that became 0; kept_out or let_in where our quarantine made the difference;
--   undetermined where a row with an unreadable label may be the same cell.
-- year: Year of the period, as a number.
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
-- key: source, release, cell_key
-- terms: source
-- extract: none
-- disclosure: repeats; repeats previous_release as release, previous_value as value,
--   previous_lower as lower, previous_upper as upper
create view published.revision as
with step as (
    select
        source, release,
        lag(release) over (partition by source order by release) as previous_release
    from main.release
    where action = 'REPLACE'
),
later as (
    select observation.*, step.previous_release
    from harmonised.observation
    join step using (source, release)
    where step.previous_release is not null
),
earlier as (
    select observation.* replace (step.release as release), step.previous_release
    from harmonised.observation
    join step
        on step.source = observation.source
        and step.previous_release = observation.release
),
pair as (
    select
        source,
        release,
        previous_release,
        cell_key,
        later.value,
        later.lower,
        later.upper,
        later.value_raw,
        earlier.value as previous_value,
        earlier.lower as previous_lower,
        earlier.upper as previous_upper,
        earlier.value_raw as previous_value_raw,
        later.locator,
        earlier.locator as previous_locator
    from later
    full join earlier using (source, release, previous_release, cell_key)
),
restated as (
    select
        source,
        release,
        action,
        lag(release) over cell as previous_release,
        cell_key,
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
    join main.release using (source, release)
    semi join (from main.release where action = 'MERGE') as merging using (source)
    window cell as (
        partition by source, cell_key
        order by release
    )
),
kept_out as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
        counterpart_role, breakdown,
        list({citizenship: citizenship, counterpart_area: counterpart_area}) as cells
    from main.quarantine
    group by all
),
beside as (
    select
        pair.*,
        list_transform(
            cells,
            lambda cell: cell.citizenship = pair.citizenship
            and cell.counterpart_area = pair.counterpart_area
        ) as is_same,
        list_transform(
            cells,
            lambda cell: coalesce(cell.citizenship = pair.citizenship, pair.citizenship <> '_T')
            and coalesce(cell.counterpart_area = pair.counterpart_area, pair.counterpart_area <> '_Z')
        ) as may_be_same
    from pair
    left join kept_out
        on kept_out.source = pair.source
        -- the one of the two that lacks the cell
        and kept_out.release
        = case
            when pair.value_raw is null then pair.release
            when pair.previous_value_raw is null then pair.previous_release
        end
        and kept_out.ref_area = pair.ref_area
        and kept_out.indicator = pair.indicator
        and kept_out.freq = pair.freq
        and kept_out.time_basis = pair.time_basis
        and kept_out.time_period = pair.time_period
        and kept_out.sex = pair.sex
        and kept_out.age = pair.age
        and kept_out.exploitation = pair.exploitation
        and kept_out.counterpart_role = pair.counterpart_role
        and kept_out.breakdown = pair.breakdown
),
compared as (
    from beside
    union all by name
    select * exclude (action)
    from restated
    where action = 'MERGE' and previous_release is not null
),
classed as (
    select
        * exclude (is_same, may_be_same),
        case
            when value_raw is null and list_contains(is_same, true) then 'kept_out'
            when previous_value_raw is null and list_contains(is_same, true) then 'let_in'
            when list_contains(may_be_same, true) then 'undetermined'
            when value_raw is null then 'withdrawn'
            when previous_value_raw is null then 'new'
            when not lies_within(lower, upper, previous_lower, previous_upper) then 'changed'
            -- Any figure lies within the bounds of a withheld one, which was another all the same.
            when previous_value_raw = 'withheld' and value_raw <> 'withheld' then 'changed'
            when
                value_raw <> previous_value_raw
                and (lower, upper) is distinct from (previous_lower, previous_upper)
                then 'narrowed'
        end as change
    from compared
)
select
    source,
    release,
    previous_release,
    change,
    columns(['ref_area', 'indicator', 'freq', 'time_basis'])::varchar,
    time_period,
    year_of(time_period) as year,
    columns([
        'sex', 'age', 'exploitation', 'citizenship', 'counterpart_role', 'counterpart_area', 'breakdown'
    ])::varchar,
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
