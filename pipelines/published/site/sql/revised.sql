-- One row per headline figure that a release changed or withdrew, with the figure of the release before:
-- pipelines.words.disclosure decides what may be shown of both.
with changed as (
    select
        source,
        release::varchar as release,
        ref_area::varchar as ref_area,
        indicator::varchar as indicator,
        time_basis::varchar as time_basis,
        year,
        value,
        lower,
        upper,
        obs_status::varchar as obs_status,
        conf_status::varchar as conf_status,
        list_contains(flags, 'YEAR_INFERRED') as is_year_inferred,
        break_reason,
        break_year,
        previous_release::varchar as previous_release,
        previous_value,
        previous_value_raw
    from published.headline
    where previous_release is not null
),
withdrawn as (
    select
        source,
        release::varchar as release,
        ref_area::varchar as ref_area,
        indicator::varchar as indicator,
        year,
        previous_release::varchar as previous_release,
        previous_value,
        previous_value_raw
    from published.not_held
    where why = 'WITHDRAWN'
)
from changed
union all by name
from withdrawn
where ref_area in (select code from codelist.area)
order by source, indicator, ref_area, year;
