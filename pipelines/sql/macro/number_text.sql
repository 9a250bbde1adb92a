-- A figure in words: a count without decimals, a rate with two.
create macro main.number_text(figure) as
    if(figure % 1 = 0, figure::bigint::varchar, figure::decimal(18, 2)::varchar);
