-- One row per state of the Americas, core indicator and need, by state in their order of priority.
-- periods: Years that the need concerns, joined by a space.
select
    ref_area,
    indicator,
    need,
    need_step,
    array_to_string(periods, ' ') as periods,
    coalesce(unknown_share, 0) as unknown_share
from published.need
order by ref_area, priority;
