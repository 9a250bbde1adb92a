-- One row per state of the OAS, core indicator and need.
-- periods: Years that the need concerns, joined by a space.
-- rules: FIX: the checks that keep the rows out, joined by a comma.
select
    ref_area,
    indicator,
    need,
    array_to_string(periods, ' ') as periods,
    coalesce(rows, 0) as rows,
    coalesce(array_to_string(rule_ids, ', '), '') as rules,
    unknown_share,
    states
from published.need
order by ref_area, need, indicator;
