-- One row per total, or form of exploitation with its sexes and ages, that other figures show to be
-- doubtful.
-- reason: Codes of the list `detector`, joined by ; .
create view harmonised.doubt as
with found as (
    select *, '_T' as exploitation, 'BELOW_PARTS' as reason
    from harmonised.contradicted_total
    union all by name
    select *, '_T' as exploitation, 'OTHER_UNIT' as reason
    from harmonised.other_unit
    union all by name
    select *, '_T' as exploitation, 'ONE_PART' as reason
    from harmonised.one_part
    union all by name
    select * replace (exploitation::varchar as exploitation), 'OWN_FORMS' as reason
    from harmonised.contradicted_form
)
select
    source, release, ref_area, indicator, time_basis, time_period, exploitation,
    string_agg(distinct reason, '; ' order by reason) as reason
from found
group by all;
