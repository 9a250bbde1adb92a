-- One row per yearly series of counts: its usual level when it began and at its end, as intervals. A
-- level is the median of the first, or last, {parameter.level_years} years since the last break; a suppressed
-- figure counts as the interval that it is. A year that stands alone (SPIKE) is left out, as doubtful
-- ones are, and so is a series of fewer than {parameter.least_years_of_level} years.
-- first_period: First of the years.
-- last_period: Last of the years.
-- first_lower: Least that the level when it began may be.
-- first_upper: The most that it may be.
-- last_lower: Least that the level at its end may be.
-- last_upper: The most that it may be.
-- extreme: Year and value of the highest exact figure if it is more than {parameter.peak_factor} times both
--   levels, else of the lowest if it is as far below both; none if a year that stands alone is beyond it.
-- made_after: rules and statistics
create table judged.level as
with placed as (
    select
        source, ref_area, indicator, time_basis, year, value, lower, upper,
        row_number() over (series order by year) as place,
        row_number() over (series order by year desc) as place_from_end
    from judged.trend_point
    anti join (from judged.jump where is_spike) as spike
        using (source, ref_area, indicator, time_basis, year)
    window series as (partition by source, ref_area, indicator, time_basis)
),
level as (
    select
        source, ref_area, indicator, time_basis,
        min(year)::varchar as first_period,
        max(year)::varchar as last_period,
        median(lower) filter (place <= parameter.level_years()) as first_lower,
        median(upper) filter (place <= parameter.level_years()) as first_upper,
        median(lower) filter (place_from_end <= parameter.level_years()) as last_lower,
        median(upper) filter (place_from_end <= parameter.level_years()) as last_upper,
        arg_max({'year': year, 'value': value}, value) as highest,
        arg_min({'year': year, 'value': value}, value) as lowest
    from placed
    group by all
    having count(*) >= parameter.least_years_of_level()
),
drawn as (
    select source, ref_area, indicator, time_basis, max(value) as most, min(value) as fewest
    from judged.trend_point
    group by all
)
select
    level.* exclude (highest, lowest),
    case
        when highest.value > parameter.peak_factor() * greatest(first_upper, last_upper)
            then if(highest.value = most, highest, null)
        when parameter.peak_factor() * lowest.value < least(first_lower, last_lower)
            then if(lowest.value = fewest, lowest, null)
    end as extreme
from level
join drawn using (source, ref_area, indicator, time_basis);
