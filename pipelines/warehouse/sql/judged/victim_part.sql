-- One row per source, area, indicator, kind of year, year and group of victims: the parts of a yearly
-- total by sex and age, form of exploitation or citizenship, alone. Groups that are not known are left
-- out, and so are forms of which the source has the group that they belong to: they would count twice.
-- is_doubtful: Whether the figure is doubtful (U): it is no group's, but may make the groups exceed
--   their total.
-- split: SEX_AGE, SEX, AGE, FORM or CITIZENSHIP.
-- code: Codes of the group, joined by blanks.
-- made_after: rules and statistics
create view judged.victim_part as
with part as (
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
        and '_U' not in (sex, age, exploitation, citizenship)
),
within as (
    -- Each form of exploitation with the groups of forms that it belongs to.
    select code, parent as whole
    from codelist.exploitation
    union
    select form.code, above.parent as whole
    from codelist.exploitation as form
    join codelist.exploitation as above on above.code = form.parent
)
from part
where not exists (
    from part as other
    join within on within.whole = other.exploitation
    where
        within.code = part.exploitation
        and other.split = 'FORM'
        and part.split = 'FORM'
        and other.source = part.source
        and other.ref_area = part.ref_area
        and other.indicator = part.indicator
        and other.time_basis = part.time_basis
        and other.time_period = part.time_period
);
