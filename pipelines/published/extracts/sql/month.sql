-- One row per monthly series and year whose figures may be passed on. All are plain counts. A
-- column whose name ends in _name holds codes, to be named in the reader's language; those for "not
-- applicable" are empty.
-- obs_status_name: Statuses of the year's months together.
-- def_scope_name: Legal scopes of the year's months together.
-- release: Releases of the year's months together.
-- figures: The exact figures by month, 1 to 12.
-- printed: The printed texts of the suppressed figures by month.
with figure as (
    select
        *,
        right(time_period, 2)::integer as month,
        has_status(obs_status, 'Q') as is_suppressed
    from published.observation
    semi join (from main.source where redistribute) as free using (source)
    where freq = 'M'
),
series as (
    select
        country, source, ref_area, indicator, time_basis, sex, age, exploitation,
        citizenship, counterpart_role, counterpart_area, breakdown, year,
        count_unit,
        string_agg(distinct obs_status, ' / ' order by obs_status) as obs_status_name,
        string_agg(distinct def_scope, ' / ' order by def_scope) as def_scope_name,
        string_agg(distinct release, ' / ' order by release) as release,
        coalesce(
            map(
                list(month order by month) filter (value is not null),
                list(value order by month) filter (value is not null)
            ),
            map {}
        ) as figures,
        coalesce(
            map(
                list(month order by month) filter (is_suppressed),
                list(value_raw order by month) filter (is_suppressed)
            ),
            map {}
        ) as printed
    from figure
    group by all
)
select
    country,
    ref_area,
    ref_area as ref_area_name,
    indicator as indicator_name,
    sex as sex_name,
    age as age_name,
    exploitation as exploitation_name,
    citizenship as citizenship_name,
    nullif(counterpart_role, '_Z') as counterpart_role_name,
    nullif(counterpart_area, '_Z') as counterpart_area_name,
    nullif(breakdown, '_T') as breakdown_name,
    year,
    obs_status_name,
    count_unit as count_unit_name,
    def_scope_name,
    source,
    release,
    figures,
    printed
from series
join (select code as indicator, row_number() over () as place from codelist.indicator) as listed using (indicator)
order by
    country, ref_area <> country, ref_area, place, source, time_basis, sex <> '_T', sex,
    age <> '_T', age, exploitation <> '_T', exploitation, citizenship <> '_T', citizenship,
    counterpart_role, counterpart_area, breakdown <> '_T', breakdown, year;
