-- One row per yearly figure by sex, by age or by both that a release changed so that these parts exceed
-- their total, where an older release has the same total and its parts made it up, and cannot have been
-- as many as they are now. The total was confirmed and stands, so the parts are doubtful. A table, since
-- it needs the older figures before some of them are withheld.
-- older_release: The newest release whose parts made up the total.
create table harmonised.revised_part as
with division as (
    from harmonised.margin
    where
        is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        and dimension in ('sex', 'age', 'sex_by_age')
        and parts > 0
        and isfinite(total_upper)
),
exceeding as (
    select
        now.* exclude (sex, age),
        max(older.release) as older_release
    from division as now
    join division as older using (
        source, ref_area, indicator, freq, time_basis, time_period, dimension, total_lower, total_upper
    )
    where
        older.release < now.release
        and now.parts_lower > total_upper
        and older.parts_lower <= total_upper
        and older.parts_upper + older.unknown_upper >= total_lower
        and older.parts_upper + older.unknown_upper < now.parts_lower
    group by all
),
part as (
    select
        *,
        case when sex = '_T' then 'age' when age = '_T' then 'sex' else 'sex_by_age' end as dimension
    from harmonised.observation
    where
        is_broad_age(age)
        and (sex <> '_T' or age <> '_T')
        and (sex <> '_U' or age <> '_U')
)
select
    source, now.release, ref_area, indicator, time_basis, time_period, sex, age, older_release
from part as now
join exceeding using (
    source, release, ref_area, indicator, freq, time_basis, time_period, dimension, exploitation,
    citizenship, counterpart_role, counterpart_area, breakdown
)
left join (select * rename (release as older_release) from part) as older
    using (source, older_release, cell_key)
where not lies_within(now.lower, now.upper, older.lower, older.upper);
