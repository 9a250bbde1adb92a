-- Whether parts add up to a total when each is an interval: holds, falls short, exceeds.
create macro main.interval_verdict(total_lower, total_upper, parts_lower, parts_upper) as
    case
        when parts_lower > total_upper then 'exceeds'
        when parts_upper < total_lower then 'falls short'
        when isinf(total_upper) or isinf(parts_upper) then 'untestable'
        else 'holds'
    end;
