-- Whether parts add up to their total, with the persons of unknown sex and age or without them: these
-- are in one cell, and may or may not be repeated in the others.
create macro main.sum_verdict(
    parts, total_lower, total_upper, parts_lower, parts_upper, unknown_lower, unknown_upper
) as
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
    end;
