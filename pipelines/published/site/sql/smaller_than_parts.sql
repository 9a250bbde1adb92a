-- One row per source, state, indicator, form of exploitation and year for which rule I1 or I2 finds
-- that the printed figure is smaller than the sum of its own sexes or ages.
select distinct
    source,
    ref_area,
    indicator,
    regexp_extract(subject, '^exploitation (\w+) citizenship _T', 1) as exploitation,
    left(time_period, 4)::integer as year
from main.rule_result
join main.release using (source, release)
where rule in ('I1', 'I2') and verdict = 'exceeds' and is_newest and exploitation not in ('', '_T')
order by all;
