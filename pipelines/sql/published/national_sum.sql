-- One row per source, state, indicator and year: what the figures of its subdivisions and months
-- add up to, for sources that print no figure of the whole state. Our sum, not the publisher's.
-- A subdivision counts with its own total where it has one, else with its parts; parts that do not
-- form one table are not summed.
-- country: State, ISO 3166-1 alpha-3.
-- year: Year.
-- value: The sum; empty if a part is suppressed, missing or in quarantine.
-- lower: Least possible sum.
-- upper: Greatest possible sum; empty if a part is not known at all.
-- areas: How many subdivisions have figures.
-- periods: How many months or quarters have figures; 1 for yearly figures.
-- is_whole_year: Whether all of the year is in it.
create view published.national_sum as
with current_cell as (
    select
        interval.*,
        subdivision.country,
        left(interval.time_period, 4) as year,
        (sex = '_T' and age = '_T' and exploitation = '_T') as is_total,
        concat(sex = '_T', age = '_T', exploitation = '_T') as pattern
    from harmonised.interval
    join codelist.subdivision on subdivision.code = interval.ref_area
    join main.release using (source, release)
    join main.source using (source)
    where
        (release.is_newest or source.adds_up)
        and source.nationwide
        and citizenship = '_T'
        and counterpart_role = '_Z'
        and breakdown = '_T'
    qualify
        release = max(release) over (
            partition by
                source, ref_area, indicator, freq, interval.time_basis, time_period, sex, age,
                exploitation
        )
),
part as (
    select
        *,
        bool_or(is_total) over place as has_total,
        count(distinct pattern) over place as patterns
    from current_cell
    window place as (partition by source, ref_area, indicator, freq, time_basis, time_period)
),
summed as (
    select
        source, country, indicator, time_basis, year,
        sum(lower) as lower,
        sum(upper) as upper,
        count(distinct ref_area) as areas,
        count(distinct time_period) as periods,
        any_value(freq) as freq
    from part
    where is_total or (not has_total and patterns = 1)
    group by all
)
select
    source,
    country,
    indicator::varchar as indicator,
    time_basis::varchar as time_basis,
    year,
    if(lower = upper, lower, null) as value,
    lower,
    if(isinf(upper), null, upper) as upper,
    areas,
    periods,
    case freq when 'M' then periods = 12 when 'Q' then periods = 4 else true end as is_whole_year
from summed
where not exists (
    from harmonised.observation as printed
    where
        printed.source = summed.source
        and printed.ref_area::varchar = summed.country
        and printed.indicator = summed.indicator
        and left(printed.time_period, 4) = summed.year
);
