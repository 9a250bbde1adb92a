-- One row per source, state, indicator, split and year in which parts that cannot overlap are more
-- than the figure of all of them, or would be with the persons of unknown sex and age while they
-- fall short without them.
select distinct
    source,
    ref_area,
    indicator,
    if(dimension = 'citizenship', 'citizenship', 'sex_age') as split,
    left(time_period, 4)::integer as year
from main.rule_result
join main.release using (source, release)
where
    verdict in ('exceeds', 'holds neither with nor without unknown')
    and is_newest
    and exploitation = '_T'
    and case rule
        when 'sexes_add_up_to_the_total' then citizenship = '_T'
        when 'ages_add_up_to_the_total' then citizenship = '_T'
        when 'sexes_and_ages_add_up_within_each_other' then true
        when 'citizenships_stay_within_the_total' then sex = '_T' and age = '_T'
    end
order by all;
