-- One row per indicator and state: its rate among those of the other states, all of one source and
-- year: the newest of which at least {parameter.least_states_of_rates} states have one, else that of most
-- states. Counts of victims and of the accused over the UN's population, in calendar years.
-- year: The year.
-- value: Rate per 100,000 residents.
-- confidence_lower: Lower limit of chance, 95 % (published.rate).
-- confidence_upper: Upper limit.
-- numerator: The count.
-- lowest: Least rate of the state and source in the {parameter.years_of_rate_band} years up to this one.
-- highest: Greatest rate of these years.
-- is_contradicted: Whether another figure, or its own parts, contradict it; it is not ranked then.
-- made_after: rules and statistics
-- key: indicator, ref_area
-- terms: source
-- extract: none
-- disclosure: selected
create table published.compared_rate as
with rate as (
    select
        source, release, ref_area, indicator, time_basis, time_period, year, value, confidence_lower,
        confidence_upper, numerator, locator
    from published.rate
    where
        freq = 'A'
        and time_basis = 'CY'
        and (sex, age, exploitation) = ('_T', '_T', '_T')
        and value is not null
        and origin <> 'PUBLISHED'
),
year_of_most as (
    select indicator, source, year
    from rate
    group by indicator, source, year
    qualify
        row_number() over (
            partition by indicator
            order by
                count(*) >= parameter.least_states_of_rates() desc,
                case when count(*) >= parameter.least_states_of_rates() then year end desc nulls last,
                count(*) desc, year desc, source
        ) = 1
),
band as (
    select
        rate.indicator, rate.source, rate.ref_area, min(value) as lowest, max(value) as highest
    from rate
    join year_of_most on
        year_of_most.indicator = rate.indicator
        and year_of_most.source = rate.source
        and rate.year between year_of_most.year - parameter.years_of_rate_band() + 1 and year_of_most.year
    group by all
),
contradicted as (
    select distinct ref_area, source, indicator, year
    from published.remark
    where
        (sex, age, exploitation, citizenship) = ('_T', '_T', '_T', '_T')
        and (
            severity = 'caution' and scope = 'figure'
            or remark in ('OTHER_FIGURE', 'TWICE_ANOTHER')
        )
        -- What a state itself reports of the year, whatever it says, takes no state from the ranks.
        and (
            remark not in ('OTHER_FIGURE', 'TWICE_ANOTHER')
            or not is_own_authority(other_source, ref_area)
        )
)
select
    rate.indicator, rate.ref_area, rate.source, rate.release, rate.time_basis, rate.time_period,
    rate.year,
    rate.value, rate.confidence_lower, rate.confidence_upper, rate.numerator,
    band.lowest, band.highest, contradicted.ref_area is not null as is_contradicted, rate.locator
from rate
join year_of_most using (indicator, source, year)
join band using (indicator, source, ref_area)
left join contradicted using (indicator, source, ref_area, year)
order by rate.indicator, rate.value desc, rate.ref_area;
