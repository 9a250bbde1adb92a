-- One row per cell that a release changed, of sources whose figures may be redistributed.
-- value_raw: Figure in the release; <5 if it is suppressed, empty if there is none.
-- previous_value_raw: Figure in the previous release. It is empty if the figure is suppressed now,
--   and <5 if it was small. For a part it is also empty if any figure of the same state, indicator
--   and year is hidden, since the other parts would reveal that one.
with cell as (
    select
        revision.*,
        is_headline(
            freq, sex, age, exploitation, citizenship, counterpart_role, breakdown
        ) as is_total,
        value is null and lower is not null as is_suppressed
    from published.revision
    join main.source using (source)
    where source.redistribute
),
hidden as (
    select source, ref_area, indicator, time_period
    from published.observation
    where value is null and lower is not null
    union
    select source, ref_area, indicator, time_period
    from cell
    where is_suppressed or previous_upper < 5
)
select
    source,
    release::varchar as release,
    previous_release::varchar as previous_release,
    change,
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
    case
        when is_suppressed and upper is null then concat('≥', lower::integer)
        when is_suppressed then concat('<', greatest(upper, 4)::integer + 1)
        else coalesce(value_raw, '')
    end as value_raw,
    case
        when is_suppressed then ''
        when not is_total and hidden.source is not null then ''
        when previous_upper < 5 then '<5'
        else coalesce(previous_value_raw, '')
    end as previous_value_raw
from cell
left join hidden using (source, ref_area, indicator, time_period)
order by all;
