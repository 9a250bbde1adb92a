-- The rows of one published view or table that differ between the attached databases `before` and
-- `after`, without what `newest` hides; difference.py fills in the names.
insert into difference
with new as (
    select *, true as is_there, $withheld as is_withheld
    from after.published.$name as earlier
),
old as (
    select *, true as is_there, $withheld as is_withheld
    from before.published.$name as earlier
),
differing as (
    select
        to_json({$key})::varchar as "key",
        coalesce(old.is_withheld, false)
        or coalesce(new.is_withheld, false)
        or coalesce($hidden, false) as is_hidden,
        case
            when old.is_there is null then 'added'
            when new.is_there is null then 'withdrawn'
            else 'changed'
        end as change,
        case
            when old.is_there is null
                then [{
                    'name': null, 'previous': null, 'value': to_json({$new})::varchar,
                    'moved': true
                }]
            when new.is_there is null
                then [{
                    'name': null, 'previous': to_json({$old})::varchar, 'value': null,
                    'moved': true
                }]
            else list_filter([$columns], lambda each: each.moved)
        end as moved
    from new
    full join old on $same
    left join $now as now on $still
    where old.is_there is null or new.is_there is null or $differs
)
select
    '$name' as table_name,
    "key",
    change,
    each.name as column_name,
    if(each.previous is not null and ($hides_previous), 'withheld', each.previous) as previous,
    if(each.value is not null and ($hides_value), 'withheld', each.value) as "value"
from (
    select * exclude (moved), unnest(moved) as each
    from differing
);
