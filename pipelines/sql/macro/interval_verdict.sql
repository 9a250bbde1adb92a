-- Whether parts add up to a total when each is an interval: holds, falls short or exceeds.
create macro main.interval_verdict(total_lower, total_upper, parts_lower, parts_upper) as
    case
        when parts_lower > total_upper then 'exceeds'
        when parts_upper < total_lower then 'falls short'
        else 'holds'
    end;
