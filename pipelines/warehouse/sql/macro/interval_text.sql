-- An interval in words: one number if exact, else the two bounds, or the lower one if it is open.
create macro main.interval_text(lower_bound, upper_bound) as
    case
        when lower_bound is null then 'unknown'
        when upper_bound is null or isinf(upper_bound) then number_text(lower_bound) || ' or more'
        when lower_bound = upper_bound then number_text(lower_bound)
        else number_text(lower_bound) || ' to ' || number_text(upper_bound)
    end;
