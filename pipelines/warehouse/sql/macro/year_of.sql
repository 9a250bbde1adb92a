-- The year in which a period lies, as a number; none of what is no period.
create macro main.year_of(time_period) as
    try_cast(left(time_period, 4) as integer);
