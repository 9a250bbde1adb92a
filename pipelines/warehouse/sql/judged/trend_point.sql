-- One row per source, area, indicator, kind of year and year: the yearly totals that are counts,
-- suppressed or not, since the last break; the break's year begins what is comparable. A break
-- counts also where its own year has no figure. Figures that are not comparable over time (level 4)
-- are left out, and so are doubtful ones (U), sources that print another's figures again, and figures
-- that only others repeat, unless the source has no others.
-- persons: Inhabitants of a state.
-- is_divided: Whether the source prints subdivisions of the state.
create table judged.trend_point as
with total as (
    select
        source, ref_area, indicator, time_basis, year, value, coalesce(lower, 0) as lower, upper,
        obs_status
    from harmonised.current_text
    anti join (from main.source where reprints <> '') as reprint using (source)
    anti join (
        from main.release
        where
            provenance = 'REPEATED'
            and source in (select source from main.release where provenance <> 'REPEATED')
    ) as repeated using (source, release)
    anti join (
        from judged.own
        where
            list_has_any(
                remarks, (select list(code) from codelist.remark where comparability = '4')
            )
            and is_headline(
                freq, sex, age, exploitation, citizenship, counterpart_role, breakdown
            )
    ) as incomparable using (source, release, locator, time_period)
    where
        is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        and is_count(indicator)
        and time_basis in (
            select code
            from codelist.time_basis
            where start_mm_dd <> ''
        )
),
point as (
    select
        *,
        max(year) over (partition by source, ref_area, indicator, time_basis) as last_year
    from total
    where upper is not null and not has_status(obs_status, 'U')
),
broken as (
    select source, ref_area, indicator, time_basis, year
    from total
    where has_status(obs_status, 'B')
    union
    select
        series.source, series.ref_area, series.indicator, series.time_basis,
        left(series_break.time_period, 4)::integer as year
    from (select distinct source, ref_area, indicator, time_basis from point) as series
    left join codelist.subdivision on subdivision.code = series.ref_area
    join main.series_break
        on series_break.source = series.source
        and series_break.ref_area = coalesce(subdivision.country, series.ref_area)
        and series_break.indicator = series.indicator
),
inhabitants as (
    select ref_area::varchar as ref_area, time_period::integer as year, sum(value) as persons
    from main.population
    where release = (select max(release) from main.population)
    group by all
)
select
    point.source, point.ref_area, point.indicator, point.time_basis, point.year, point.value,
    point.lower, point.upper, inhabitants.persons,
    bool_or(subdivision.code is not null) over (
        partition by point.source, coalesce(subdivision.country, point.ref_area)
    ) as is_divided
from point
left join codelist.subdivision on subdivision.code = point.ref_area
anti join broken
    on broken.source = point.source
    and broken.ref_area = point.ref_area
    and broken.indicator = point.indicator
    and broken.time_basis = point.time_basis
    and broken.year > point.year
    and broken.year <= point.last_year
left join inhabitants on inhabitants.ref_area = point.ref_area and inhabitants.year = point.year;
