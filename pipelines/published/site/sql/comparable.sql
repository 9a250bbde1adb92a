-- One row per source, state, indicator, kind of year and level of comparability of its totals.
-- Figures that are themselves in question are marked one by one and are left out here.
-- reasons: The remarks that set the level, each code of codelist.remark once; none at level 1.
with level as (
    select comparability, list(code) as codes
    from codelist.remark
    where comparability > '1'
    group by comparability
),
total as (
    select
        source, country as ref_area, indicator, time_basis, comparability,
        list_intersect(remarks, coalesce(codes, [])) as reasons
    from published.observation
    left join level using (comparability)
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
    list_sort(list_distinct(flatten(list(reasons)))) as reasons
from total
group by all
order by all;
