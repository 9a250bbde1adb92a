-- One row per source, state, indicator, form of exploitation and year in which the printed figure is
-- smaller than its own sexes or ages together.
select distinct
    source,
    ref_area,
    indicator,
    exploitation,
    left(time_period, 4)::integer as year
from main.rule_result
join main.release using (source, release)
where
    rule in (select rule.rule from main.rule where doubts = 'persons')
    and verdict = 'exceeds'
    and is_current
    and exploitation <> '_T'
    and citizenship = '_T'
order by all;
