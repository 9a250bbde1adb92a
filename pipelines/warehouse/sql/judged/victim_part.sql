-- One row per source, area, indicator, kind of year, year and group of victims: the parts of a yearly
-- total by sex and age, form of exploitation or citizenship, alone. Groups that are not known are left
-- out.
-- is_doubtful: Whether the figure is doubtful (U): it is no group's, but may make the groups exceed
--   their total.
-- split: SEX_AGE, SEX, AGE, FORM or CITIZENSHIP.
-- code: Codes of the group, joined by blanks.
-- made_after: rules and statistics
create view judged.victim_part as
select
    source, release, ref_area, indicator, time_basis, time_period, year, sex, age, exploitation,
    citizenship, lower, upper, value, obs_status, conf_status, locator,
    has_status(obs_status, 'U') as is_doubtful,
    case
        when sex <> '_T' and age <> '_T' then 'SEX_AGE'
        when sex <> '_T' then 'SEX'
        when age <> '_T' then 'AGE'
        when exploitation <> '_T' then 'FORM'
        else 'CITIZENSHIP'
    end as split,
    concat_ws(
        ' ', nullif(sex::varchar, '_T'), nullif(age::varchar, '_T'),
        nullif(exploitation::varchar, '_T'), nullif(citizenship::varchar, '_T')
    ) as code
from harmonised.current_text
where
    freq = 'A'
    and counterpart_role = '_Z'
    and breakdown = '_T'
    and lower is not null
    and (exploitation <> '_T')::integer + (citizenship <> '_T')::integer
    + (sex <> '_T' or age <> '_T')::integer = 1
    and '_U' not in (sex, age, exploitation, citizenship);
