-- One row per source, state, indicator and year with a headline figure, one per figure that is
-- withheld and check that it failed, and one per figure that the newest release withdrew.
with published_figure as (
    select
        source,
        release,
        ref_area::varchar as ref_area,
        indicator::varchar as indicator,
        time_basis::varchar as time_basis,
        year,
        value,
        upper,
        obs_status::varchar as obs_status,
        conf_status::varchar as conf_status,
        break_reason,
        previous_release,
        previous_value,
        previous_value_raw,
        null::varchar as rule
    from published.headline
    where ref_area in (select code from codelist.area)
),
withheld_figure as (
    select
        source,
        release,
        ref_area::varchar as ref_area,
        indicator::varchar as indicator,
        left(time_period, 4)::integer as year,
        rule
    from published.withheld
),
withdrawn_figure as (
    select
        source,
        release,
        ref_area::varchar as ref_area,
        indicator::varchar as indicator,
        left(time_period, 4)::integer as year,
        previous_release,
        previous_value,
        previous_value_raw
    from published.withdrawn
)
from published_figure
union all by name
from withheld_figure
union all by name
from withdrawn_figure
order by source, ref_area, indicator, year, rule;
