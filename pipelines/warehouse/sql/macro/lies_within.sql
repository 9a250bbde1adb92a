-- Whether a figure lies within the bounds of the one before, so that both can be true: an exact one is
-- the same; `<5` may have become 0, or 1 to 4. Such a figure was narrowed, not revised. The guard's
-- function of this name has the same meaning.
create macro main.lies_within(lower_bound, upper_bound, previous_lower, previous_upper) as
    case
        when lower_bound is null or previous_lower is null
            then lower_bound is not distinct from previous_lower
        else lower_bound >= previous_lower
            and coalesce(upper_bound, 'infinity'::double)
            <= coalesce(previous_upper, 'infinity'::double)
    end;
