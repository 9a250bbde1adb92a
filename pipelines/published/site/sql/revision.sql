-- One row per cell that a release changed, of sources whose figures may be redistributed.
-- value_raw: Figure in the release; <5 if it is suppressed, empty if there is none, and withheld if
--   the release in use suppresses it.
-- previous_value_raw: Figure in the previous release. It is empty if the figure is suppressed there
--   or in the release in use, <5 if it was 1 to 4, and withheld if it would narrow a figure that is
--   hidden.
with hidden as (
    select
        source, cell_key,
        true as is_hidden_now
    from published.observation
    where value is null and lower is not null
),
cell as (
    select
        revision.*,
        value is null and lower is not null as is_suppressed,
        is_hidden_now is true as is_hidden_now
    from published.revision
    left join hidden using (source, cell_key)
    join main.source using (source)
    where source.redistribute
)
select
    source,
    release::varchar as release,
    previous_release::varchar as previous_release,
    change,
    cell_key,
    case
        when is_suppressed and upper is null then concat('≥', lower::integer)
        when is_suppressed then concat('<', greatest(upper, 4)::integer + 1)
        when is_hidden_now and value is not null then 'withheld'
        else coalesce(value_raw, '')
    end as value_raw,
    case
        when is_suppressed then ''
        when is_hidden_now and previous_value_raw <> 'withheld' then ''
        when previous_upper > 0 and previous_upper < 5 and previous_upper = floor(previous_upper)
            then '<5'
        else coalesce(previous_value_raw, '')
    end as previous_value_raw
from cell
order by all;
