-- One row per yearly count of a state with a population of the same sex and age: the rate per 100,000
-- residents. A rate that a source prints itself stands as printed, and none is calculated beside it.
-- None is calculated from a doubtful figure, nor from one that does not cover the country.
-- year: Year of the period, as a number.
-- origin: Whether the source printed it, or from what it is calculated (codelist.origin).
-- numerator: The count; empty if the source printed the rate.
-- population: Residents of that sex and age at mid-year, or in fiscal years that of the label.
-- population_source: Source of the population.
-- population_release: Its release.
-- value: Rate per 100,000; empty if it is withheld.
-- confidence_lower: Lower limit of the exact Poisson interval, 95 % (Garwood 1936): too narrow, since
--   counts of this kind scatter more. It does not cover victims whom nobody detected.
-- confidence_upper: Upper limit of that interval.
-- dispersion: By how much counts of the indicator scatter from year to year about a trend: the
--   variance of a count of mean m is m + dispersion x m², that of Poisson's law m (main.dispersion).
-- dispersed_lower: Lower limit of the 95 % interval that allows for this scatter (negative binomial).
--   Rates whose intervals overlap need not differ.
-- dispersed_upper: Upper limit of that interval.
-- withholding: Why there is no rate (codelist.withholding); empty if there is.
-- locator: The way back to the printed numerator or rate; empty for a sum of figures.
-- key: source, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation
-- terms: source
-- extract: sdmx
-- disclosure: repeats numerator as value; derived from locator
-- made_after: rules and statistics
create table published.rate as
with population as (
    select
        source as population_source,
        release as population_release,
        ref_area::varchar as ref_area,
        time_period,
        coalesce(sex::varchar, '_T') as sex,
        coalesce(age::varchar, '_T') as age,
        sum(value) as population
    from main.population
    join main.release using (source, release)
    where release.is_newest
    group by
        source, release, ref_area, time_period,
        grouping sets ((sex, age), (sex), (age), ())
),
counted as (
    select
        source, release, ref_area, current.indicator, freq, current.time_basis, time_period, sex, age,
        exploitation,
        'FIGURE' as origin,
        value as numerator,
        has_status(obs_status, 'Q') as is_suppressed,
        list_contains(flags, 'NOT_REPRESENTATIVE') as is_partial,
        has_status(obs_status, 'U') as is_doubtful,
        locator
    from harmonised.current_text as current
    where
        freq = 'A'
        and sex in ('_T', 'F', 'M')
        and age in ('_T', 'Y0T17', 'Y_GE18')
        and citizenship = '_T'
        and counterpart_role = '_Z'
        and breakdown = '_T'
    union all by name
    select
        source, release, country as ref_area, indicator, 'A' as freq,
        national_sum.time_basis, year::varchar as time_period,
        '_T' as sex, '_T' as age, '_T' as exploitation,
        'SUM' as origin,
        value as numerator,
        false as is_suppressed,
        not is_whole_year or not is_whole_country as is_partial,
        false as is_doubtful,
        null as locator
    from published.national_sum
),
printed as (
    select
        source, release, ref_area, current.indicator, freq, current.time_basis, time_period, sex, age,
        exploitation,
        unit.parent as of_indicator,
        value,
        has_status(obs_status, 'Q') as is_suppressed,
        locator
    from harmonised.current_text as current
    join codelist.indicator as unit on unit.code = current.indicator
    where
        unit.unit_measure = 'PER_100000_POP'
        and citizenship = '_T'
        and counterpart_role = '_Z'
        and breakdown = '_T'
),
calculated as (
    select
        counted.*,
        population.* exclude (ref_area, time_period, sex, age),
        case
            when is_suppressed then 'SUPPRESSED'
            when time_basis in ('CUM', 'PIT', 'OTHER', 'UNK') then 'PERIOD'
            when is_partial then 'PARTIAL'
            when is_doubtful then 'DOUBTFUL'
            when numerator is null then 'NO_FIGURE'
            when population is null then 'NO_POPULATION'
        end as withholding
    from counted
    join codelist.indicator as unit on unit.code = counted.indicator
    join codelist.area on area.code = counted.ref_area
    left join population using (ref_area, time_period, sex, age)
    anti join printed
        on printed.source = counted.source
        and printed.of_indicator = counted.indicator
        and printed.ref_area = counted.ref_area
        and printed.time_period = counted.time_period
        and printed.sex = counted.sex
        and printed.age = counted.age
        and printed.exploitation = counted.exploitation
    where
        unit.unit_measure = 'NUMBER'
        and unit.domain in ('VIC', 'CJS')
        and counted.indicator <> 'VIC_NAT_ABROAD' -- they do not live where they are divided
)
select
    source,
    release,
    ref_area,
    calculated.indicator,
    freq,
    time_basis,
    time_period,
    year_of(time_period) as year,
    sex,
    age,
    exploitation,
    origin,
    numerator,
    population,
    population_source,
    population_release,
    case when withholding is null then 100000 * numerator / population end as value,
    case
        when withholding is null then 100000 * count_limit.lower / population
    end as confidence_lower,
    case
        when withholding is null then 100000 * count_limit.upper / population
    end as confidence_upper,
    case when withholding is null then dispersion end as dispersion,
    case when withholding is null then 100000 * dispersed_lower / population end as dispersed_lower,
    case when withholding is null then 100000 * dispersed_upper / population end as dispersed_upper,
    withholding,
    locator
from calculated
left join main.count_limit
    on count_limit.indicator = calculated.indicator
    and count_limit.count = numerator
union all by name
select
    printed.* exclude (of_indicator, is_suppressed),
    year_of(time_period) as year,
    'PUBLISHED' as origin,
    case
        when is_suppressed then 'SUPPRESSED'
        when value is null then 'NO_FIGURE'
    end as withholding
from printed;
