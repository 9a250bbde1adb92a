-- Round a rate for a sentence: two decimals, of one below 0.1 two digits.
create macro two_digits(rate) as
round(rate, case when rate > 0 then greatest(2, 1 - floor(log10(rate))::integer) else 0 end);
