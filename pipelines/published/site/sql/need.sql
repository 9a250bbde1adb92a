-- One row per state of the OAS, core indicator and need, by state in their order of priority.
-- need_step: Step of that order: the main counts that have no figure come first, others last.
-- periods: Years that the need concerns, joined by a space.
-- rules: FIX: the checks that keep the rows out, joined by a comma.
with stepped as (
    select
        *,
        indicator in ('VIC_DETECT', 'PER_PROSEC', 'PER_CONVICT') as is_main,
        case
            when need = 'BEGIN' and is_main then 'BEGIN_MAIN'
            when need = 'BEGIN' then 'BEGIN_OTHER'
            when need like 'BY_%' then 'BREAK_DOWN'
            else need
        end as need_step
    from published.need
)
select
    ref_area,
    indicator,
    need,
    need_step,
    array_to_string(periods, ' ') as periods,
    coalesce(rows, 0) as rows,
    coalesce(array_to_string(rule_ids, ', '), '') as rules,
    coalesce(unknown_share, 0) as unknown_share
from stepped
order by
    ref_area,
    list_position(
        [
            'BEGIN_MAIN', 'UPDATE', 'FIX', 'FILL', 'COMPLETE', 'TELL_UNKNOWN', 'BREAK_DOWN',
            'BEGIN_OTHER'
        ],
        need_step
    ),
    is_main desc,
    need,
    indicator;
