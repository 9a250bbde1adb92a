-- Whether parts that need not be complete stay within their total.
create macro main.limit_verdict(total_lower, total_upper, parts_lower) as
    case
        when total_lower is null then 'untestable'
        when parts_lower > total_upper then 'exceeds'
        when isinf(total_upper) then 'untestable'
        else 'holds'
    end;
