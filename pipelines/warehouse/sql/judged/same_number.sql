-- One row per yearly total and other indicator of its source with the same number, both exact and
-- {parameter.least_same_number} or more. By chance an unrelated figure of that size is equal with the
-- probabilities named here; of n years that both have, k are equal with C(n, k) times their
-- product. No total that counts another unit.
-- other_indicator: The other indicator.
-- other_kind: What that counts: victims, offenders or events.
-- years: Years in which both have such a figure.
-- same: Years of these in which they are equal.
-- expected: Pairs of series, of all here, of which chance would make as many years equal.
-- made_after: rules and statistics
create table judged.same_number as
with figure as (
    from judged.figure
    where
        may_stand
        and unit_measure = 'NUMBER'
        and value >= parameter.least_same_number()
        and not is_sum
        and not list_contains(remarks, 'OTHER_UNIT')
),
pair as (
    select
        one.source, one.ref_area, one.time_basis, one.indicator, other.indicator as other_indicator,
        one.year, one.value, one.kind, other.kind as other_kind, one.value = other.value as is_same,
        case
            when one.value < 10 then 0.27
            when one.value < 20 then 0.07
            when one.value < 50 then 0.03
            when one.value < 100 then 0.02
            else 0.008
        end as chance
    from figure as one
    join figure as other using (source, ref_area, time_basis, year)
    where one.indicator <> other.indicator
),
counted as (
    select
        source, ref_area, time_basis, indicator, other_indicator,
        count(*) as years,
        count(*) filter (is_same) as same,
        coalesce(product(chance) filter (is_same), 1) as chance
    from pair
    group by all
)
select
    pair.* exclude (is_same, chance),
    years,
    same,
    -- Rounded, since a product in another order has other last digits.
    round(
        counted.chance * gamma(years + 1.0) / gamma(same + 1.0) / gamma(years - same + 1.0)
        * (select count(*) / 2 from counted),
        9
    ) as expected
from pair
join counted using (source, ref_area, time_basis, indicator, other_indicator)
where is_same;
