-- A figure in words: a count without decimals, a rate with two.
create macro main.number_text(figure) as
    case when figure % 1 = 0 then figure::bigint::varchar else figure::decimal(18, 2)::varchar end;
