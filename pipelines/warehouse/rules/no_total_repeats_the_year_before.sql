-- severity: WARN
-- kind: series
-- title: No total from {parameter.least_repeated_total} to {parameter.most_repeated_total} is that of the year before, where chance makes few years equal
-- The chance is that of all neighbouring years of that size: about 1 in 30 below 100, 1 in 120 from
-- 100 on. A series warns if chance makes so many of its years equal, of {parameter.least_pairs_of_repeated}
-- or more, with a probability of at most {parameter.chance_of_repeated}. There are many series, so some that
-- warn are equal by accident: the rule says where to look, and proves no copy. Totals of four
-- digits have a rule of their own.
with total as (
    select source, release, ref_area, indicator, time_basis, time_period::integer as year, value
    from harmonised.total
    where
        value between parameter.least_repeated_total() and parameter.most_repeated_total()
        and is_count(indicator)
),
pair as (
    select
        later.*,
        later.value = earlier.value as is_same,
        case when later.value < 50 then 20 when later.value < 100 then 50 else 100 end as size
    from total as later
    join total as earlier using (source, release, ref_area, indicator, time_basis)
    where later.year = earlier.year + 1
),
pool as (
    select size, (count(*) filter (is_same) + 1) / (count(*) + 1) as chance
    -- A pair that several releases print is one pair.
    from (select distinct * exclude (release) from pair)
    group by size
),
expected as (
    select
        pair.*,
        chance,
        count(*) over series as pairs,
        avg(chance) over series * greatest(pairs, parameter.least_pairs_of_repeated())
            as equal_by_chance,
        count(*) filter (is_same) over series as equal
    from pair
    join pool using (size)
    window series as (partition by source, release, ref_area, indicator, time_basis)
)
select
    source, release, ref_area, indicator, time_basis, year::varchar as time_period, '' as subject,
    case
        when not is_same then 'holds'
        when power(equal_by_chance, equal) <= parameter.chance_of_repeated() then 'repeated'
        else 'holds'
    end as verdict,
    concat(
        number_text(value), ' as in ', year - 1, '; by chance 1 of ', round(1 / chance)::integer,
        ' such pairs is equal, and here ', equal, ' of ', pairs
    ) as detail
from expected;
