-- One row per source, state, indicator, kind of year and level of comparability of its totals.
-- Figures that are themselves in question are marked one by one and are left out here.
-- comparability_reason: Reasons for the level, each code of codelist.remark once.
with total as (
    select
        source,
        coalesce(subdivision.country, ref_area::varchar) as ref_area,
        indicator::varchar as indicator,
        time_basis::varchar as time_basis,
        comparability::varchar as comparability,
        string_split(comparability_reason::varchar, ';') as reasons
    from published.comparability
    left join codelist.subdivision on subdivision.code = ref_area
    anti join (
        from published.remark
        where severity in ('doubt', 'caution') and scope = 'figure'
    ) as questioned using (source, ref_area, indicator, time_basis, year, sex, age, exploitation, citizenship)
    where
        sex = '_T'
        and age = '_T'
        and exploitation = '_T'
        and citizenship = '_T'
        and breakdown = '_T'
        and (counterpart_role = '_Z' or counterpart_role = 'REPAT' and counterpart_area = '_T')
)
select
    source,
    ref_area,
    indicator,
    time_basis,
    comparability,
    array_to_string(list_sort(list_distinct(flatten(list(reasons)))), ';') as comparability_reason
from total
group by all
order by all;
