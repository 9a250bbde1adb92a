-- An interval in words: one number if exact, else the two bounds.
create macro main.interval_text(lower_bound, upper_bound) as
    case
        when lower_bound is null then 'unknown'
        when isinf(upper_bound) then lower_bound::bigint || ' or more'
        when lower_bound = upper_bound then lower_bound::bigint::varchar
        else lower_bound::bigint || ' to ' || upper_bound::bigint
    end;
