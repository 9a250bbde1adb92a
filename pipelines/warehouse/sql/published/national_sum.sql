-- One row per source, state, indicator, kind of year, year and frequency: what the printed figures of its
-- subdivisions and months add up to, for sources that print no figure of the whole state, or none but
-- what others repeat. Our sum, not the publisher's, and only of sources whose subdivisions are those of
-- a whole country (main.source.nationwide). A subdivision counts with its own total where it has one,
-- else with its parts; one without a figure is no zero, and stays out. Where a state has regions above
-- provinces, one level is summed: the one with the larger share of its subdivisions. Territories that
-- stand as countries too stay out. Where a source is declared so (main.source.sums_sexes), women, men
-- and unknown of the state itself are summed, if all are printed and no total is.
-- country: State, ISO 3166-1 alpha-3.
-- year: Year of the period, as a number.
-- value: The sum; empty if a part is suppressed, missing, in quarantine or not one table.
-- lower: Least possible sum.
-- upper: Greatest possible sum; empty if a part is not known at all.
-- level: Level of the subdivisions that are summed (codelist.subdivision); 0 if they are the sexes of
--   the state itself.
-- areas: How many subdivisions of that level have figures.
-- areas_of_country: How many the state has, without those that are not required.
-- periods: How many months or quarters have figures; 1 for yearly figures.
-- release: Newest release of the figures that are summed.
-- is_whole_country: Whether all subdivisions of the state have figures.
-- is_whole_year: Whether each of these subdivisions has figures for all of the year.
-- key: source, country, indicator, freq, time_basis, year
-- terms: source
-- extract: none
-- disclosure: derived
create table published.national_sum as
with cell as (
    select
        interval.*,
        coalesce(subdivision.country, interval.ref_area::varchar) as country,
        case when subdivision.code is null then '0' else nullif(subdivision.level, '') end as level,
        year_of(interval.time_period) as year,
        (sex = '_T' and age = '_T' and exploitation = '_T') as is_total,
        concat(sex = '_T', age = '_T', exploitation = '_T') as pattern
    from harmonised.interval
    left join codelist.subdivision on subdivision.code = interval.ref_area
    join main.release using (source, release)
    join main.source using (source)
    where
        release.is_current
        and case
            when subdivision.code is null
                then source.sums_sexes and sex <> '_T' and age = '_T' and exploitation = '_T'
            else source.nationwide and subdivision.is_required is distinct from false
        end
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
place as (
    select
        source, country, ref_area, level, indicator, freq, time_basis, year, time_period,
        max(release) as release,
        bool_or(is_total) as has_total,
        case when has_total then sum(lower) filter (is_total) else sum(lower) end as lower,
        case
            when has_total then sum(upper) filter (is_total)
            when count(distinct pattern) = 1 then sum(upper)
            else 'infinity'::double
        end as upper
    from cell
    group by all
    having level is distinct from '0' or list_has_all(list(sex::varchar), ['F', 'M', '_U'])
),
divided as (
    select country, level, count(*) as areas_of_country
    from codelist.subdivision
    where is_required
    group by all
    union all
    select code, '0', 1
    from codelist.area
    where is_oas
),
summed_level as (
    select source, country, indicator, freq, time_basis, year, level, areas_of_country
    from place
    join divided using (country, level)
    group by source, country, indicator, freq, time_basis, year, level, areas_of_country
    qualify
        row_number() over (
            partition by source, country, indicator, freq, time_basis, year
            order by count(distinct ref_area) / areas_of_country desc, level
        ) = 1
),
summed as (
    select
        source, country, indicator, freq, time_basis, year, summed_level.level, areas_of_country,
        sum(lower) as lower,
        sum(upper) as upper,
        max(release) as release,
        count(distinct ref_area) filter (place.level is not null) as areas,
        count(distinct time_period) as periods,
        count(*) filter (place.level is not null) as places,
        case freq when 'M' then 12 when 'Q' then 4 else 1 end as periods_of_year
    from place
    join summed_level using (source, country, indicator, freq, time_basis, year)
    where
        place.level = summed_level.level
        or place.level is null and summed_level.level <> '0'
    group by all
),
unread as (
    select distinct source, indicator, year_of(time_period) as year
    from main.quarantine
    join main.release using (source, release)
    where
        release.is_current
        and (
            ref_area is null or indicator is null or time_period is null or sex is null
            or age is null or exploitation is null
        )
),
bounded as (
    select
        summed.* exclude (upper),
        max(case when unread.source is null then upper else 'infinity'::double end) as upper
    from summed
    left join unread
        on unread.source = summed.source
        and coalesce(unread.indicator = summed.indicator, true)
        and coalesce(unread.year = summed.year, true)
    group by all
)
select
    source,
    release,
    country,
    level::integer as level,
    indicator::varchar as indicator,
    freq::varchar as freq,
    time_basis::varchar as time_basis,
    year,
    case when lower = upper then lower end as value,
    lower,
    case when not isinf(upper) then upper end as upper,
    areas,
    areas_of_country,
    areas = areas_of_country as is_whole_country,
    periods,
    places = areas * periods_of_year as is_whole_year
from bounded
where not exists (
    from harmonised.observation as printed
    join main.release using (source, release)
    where
        release.provenance <> 'REPEATED'
        and printed.source = bounded.source
        and printed.ref_area::varchar = bounded.country
        and printed.indicator = bounded.indicator
        and year_of(printed.time_period) = bounded.year
        and (
            bounded.level <> '0'
            or lower is not null and (sex, age, exploitation) = ('_T', '_T', '_T')
            and citizenship = '_T' and counterpart_role = '_Z' and breakdown = '_T'
        )
);
