-- One row per yearly total that is doubtful by its own parts: those by sex, by age, by both or by
-- citizenship exceed it, or one form alone does, and none of these divisions, nor the forms, can add up
-- to it. Each person stands in one of these parts, so the total is too small or the parts count
-- something else. A sum of forms says nothing against it: a person may stand in several. A division
-- with a part that is kept out or withheld confirms nothing. A total that the parts of an older release
-- made up stands; the parts revised since are doubtful, see harmonised.revised_part.
-- total_lower: Least possible figure of the total.
-- total_upper: Greatest possible figure of the total.
-- parts_lower: Least possible sum of the parts that exceed it, or of the one form; the greatest of
--   several.
create view harmonised.contradicted_total as
with division as (
    select
        *,
        case dimension when 'exploitation' then largest_lower else parts_lower end as counted_once,
        counted_once > total_upper as exceeds,
        isfinite(parts_upper)
        and parts_lower <= total_upper
        and parts_upper + unknown_upper >= total_lower as can_add_up
    from harmonised.margin
    where
        is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        and dimension in ('sex', 'age', 'sex_by_age', 'citizenship', 'exploitation')
        and parts > 0
        and isfinite(total_upper)
)
select
    source,
    release,
    ref_area,
    indicator,
    time_basis,
    time_period,
    max(total_lower) as total_lower,
    max(total_upper) as total_upper,
    max(counted_once) filter (exceeds) as parts_lower
from division
anti join harmonised.revised_part using (
    source, release, ref_area, indicator, time_basis, time_period
)
group by all
having bool_or(exceeds) and not bool_or(can_add_up);
