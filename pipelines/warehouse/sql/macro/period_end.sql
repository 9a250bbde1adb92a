-- The last day of a period. A year that begins in July or later ends in the year of its label,
-- which is that of most of its months, on a tie the later; a year of unknown months is a calendar
-- year.
create macro main.period_end(freq, time_period, first_day) as
    case freq
        when 'M' then last_day((time_period || '-01')::date)
        when 'Q' then last_day(
            make_date(left(time_period, 4)::integer, 3 * right(time_period, 1)::integer, 1)
        )
        else (
            (left(time_period, 4) || '-' || coalesce(nullif(first_day, ''), '01-01'))::date
            + to_years(case when first_day >= '07' then 0 else 1 end)
            - to_days(1)
        )::date
    end;
