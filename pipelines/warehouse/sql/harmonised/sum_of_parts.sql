-- One row per cell and dimension of persons that divides it: whether the parts add up to the whole.
-- Persons of whom neither sex nor age is known stand in one cell; it may or may not be repeated in the
-- others, so the sum may hold with it or without it.
-- dimension: What divides the cell: sex, age, or sex_by_age (both at once).
-- verdict: holds, falls short, exceeds, or holds neither with nor without unknown; untestable where the
--   whole is not printed, fewer than two parts are there, or one has no upper bound.
-- detail: The whole, its parts together and those of whom nothing is known, in words.
create view harmonised.sum_of_parts as
select
    source, release, cell_key, dimension,
    case
        when total_lower is null then 'untestable'
        when parts_lower > total_upper then 'exceeds'
        when parts < 2 then 'untestable'
        when interval_verdict(
            total_lower, total_upper, parts_lower + unknown_lower, parts_upper + unknown_upper
        ) = 'holds' then 'holds'
        when
            parts_upper < total_lower and parts_lower + unknown_lower > total_upper
            then 'holds neither with nor without unknown'
        else interval_verdict(total_lower, total_upper, parts_lower, parts_upper + unknown_upper)
    end as verdict,
    concat(
        'total ', interval_text(total_lower, total_upper), ', parts ',
        interval_text(parts_lower, parts_upper),
        case when unknown_upper > 0
            then ', unknown ' || interval_text(unknown_lower, unknown_upper) end
    ) as detail
from harmonised.margin
where dimension in ('sex', 'age', 'sex_by_age') and parts > 0;
