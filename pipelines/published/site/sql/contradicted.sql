-- One row per source, state, indicator, split and year in which parts that cannot overlap are more
-- than the figure of all of them, or would be with the persons of unknown sex and age while they
-- fall short without them.
select distinct
    source,
    ref_area,
    indicator,
    case dimension
        when 'citizenship' then 'citizenship'
        when 'exploitation' then 'form'
        else 'sex_age'
    end as split,
    left(time_period, 4)::integer as year
from main.rule_result
join main.release using (source, release)
where
    verdict in ('exceeds', 'holds neither with nor without unknown')
    and is_current
    and exploitation = '_T'
    and case
        when rule in (select rule.rule from main.rule where doubts = 'persons')
            then citizenship = '_T'
        when rule = 'sexes_and_ages_add_up_within_each_other' then true
        -- Parts of a year without a total: more children in the forms than children in all.
        when rule = 'forms_cover_the_total' then citizenship = '_T' and verdict = 'exceeds'
        when rule = 'citizenships_stay_within_the_total' then sex = '_T' and age = '_T'
    end
order by all;
