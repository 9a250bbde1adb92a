-- The rows of one published view or table that differ between the attached databases `before` and
-- `after`; difference.py fills in the names.
insert into difference
with new as (
    select *, true as is_there
    from after.published.$name
),
old as (
    select *, true as is_there, $withheld as is_withheld
    from before.published.$name as earlier
),
differing as (
    select
        to_json({$key})::varchar as "key",
        coalesce(old.is_withheld, false) or $hidden as is_hidden,
        $said_more as said_more,
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
    where old.is_there is null or new.is_there is null or $differs
)
select
    '$name' as table_name,
    "key",
    change,
    each.name as column_name,
    case
        when each.previous is not null and (is_hidden or $all_hidden) then 'withheld'
        else each.previous
    end as previous,
    each.value as "value",
    is_hidden and said_more as gave_away
from (
    select * exclude (moved), unnest(moved) as each
    from differing
);
