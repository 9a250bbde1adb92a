-- One row per source, state, indicator, split and year for which rule I1, I2, I4 or I7 finds that
-- parts which cannot overlap exceed their total; or that they exceed it with the persons of unknown
-- sex and age and fall short of it without them.
select distinct
    source,
    ref_area,
    indicator,
    if(rule = 'I7', 'citizenship', 'sex_age') as split,
    left(time_period, 4)::integer as year
from main.rule_result
join main.release using (source, release)
where
    verdict in ('exceeds', 'holds neither with nor without unknown')
    and is_newest
    and (
        (rule in ('I1', 'I2') and subject = 'exploitation _T citizenship _T')
        or (rule = 'I4' and ends_with(subject, 'exploitation _T'))
        or (rule = 'I7' and subject = 'sex _T age _T exploitation _T')
    )
order by all;
