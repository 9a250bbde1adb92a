-- One row per source, state, indicator and year in which the persons of unknown sex and age are those
-- of another sex, printed a second time.
select source, ref_area, indicator, left(time_period, 4)::integer as year
from main.rule_result
join main.release using (source, release)
where
    rule = 'unknown_sex_does_not_repeat_other_sex'
    and verdict = 'printed twice'
    and exploitation = '_T'
    and is_current
order by all;
