-- One row per source, state, indicator, split and year of which rules I1, I2, I4 or I7 say that
-- parts which cannot overlap are more than the figure of all of them, or would be with the persons
-- of unknown sex and age while they fall short without them.
select distinct
    source,
    ref_area,
    indicator,
    if(rule = 'citizenships_stay_within_the_total', 'citizenship', 'sex_age') as split,
    left(time_period, 4)::integer as year
from main.rule_result
join main.release using (source, release)
where
    verdict in ('exceeds', 'holds neither with nor without unknown')
    and is_newest
    and (
        (rule in ('sexes_add_up_to_the_total', 'ages_add_up_to_the_total') and subject = 'exploitation _T citizenship _T')
        or (rule = 'sexes_and_ages_add_up_within_each_other' and ends_with(subject, 'exploitation _T'))
        or (rule = 'citizenships_stay_within_the_total' and subject = 'sex _T age _T exploitation _T')
    )
order by all;
