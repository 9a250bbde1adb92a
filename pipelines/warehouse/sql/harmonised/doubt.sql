-- One row per total, part of it by sex and age, or form of exploitation that other figures show to be
-- doubtful. Small totals that others refute are a view of their own, since such a doubtful total
-- refutes none.
-- sex: Sex of the figure; empty for a form of exploitation with all its sexes and ages.
-- age: Age of the figure; empty likewise.
-- reasons: Codes of the list `remark`.
create view harmonised.doubt as
with of_total as (
    select *, 'BELOW_PARTS' as reason
    from harmonised.contradicted_total
    union all by name
    select *, 'OTHER_UNIT' as reason
    from harmonised.other_unit
    union all by name
    select *, 'ONE_PART' as reason
    from harmonised.one_part
),
found as (
    select *, '_T' as exploitation, '_T' as sex, '_T' as age
    from of_total
    union all by name
    select
        * replace (sex::varchar as sex, age::varchar as age),
        '_T' as exploitation,
        'PARTS_REVISED' as reason
    from harmonised.revised_part
    union all by name
    select * replace (exploitation::varchar as exploitation), 'OWN_FORMS' as reason
    from harmonised.contradicted_form
)
select
    source, release, ref_area, indicator, time_basis, time_period, exploitation, sex, age,
    list(distinct reason order by reason) as reasons
from found
group by all;
