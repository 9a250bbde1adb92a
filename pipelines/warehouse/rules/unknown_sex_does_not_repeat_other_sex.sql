-- severity: WARN
-- kind: identity
-- title: Persons of unknown sex and age are not the same count as those of another sex
with pair as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period, exploitation,
        citizenship, counterpart_role, counterpart_area, breakdown,
        max(value) filter (sex = '_U' and age = '_U') as unknown,
        max(value) filter (sex = '_O' and age = '_T') as other,
        max(value) filter (sex = '_O' and age = 'Y_GE18') as other_adults
    from harmonised.observation
    where sex in ('_U', '_O')
    group by all
)
select
    source, release, ref_area, indicator, freq, time_basis, time_period, '_U' as sex, '_U' as age,
    exploitation, citizenship, counterpart_role, counterpart_area, breakdown, 'sex' as dimension,
    concat_ws(' ', 'exploitation', exploitation) as subject,
    case
        when other is null and other_adults is null then 'untestable'
        when unknown in (other, other_adults) then 'printed twice'
        else 'holds'
    end as verdict,
    'unknown ' || unknown::bigint || ': do not add it to the other sexes' as detail
from pair
where unknown >= parameter.least_printed_twice();
