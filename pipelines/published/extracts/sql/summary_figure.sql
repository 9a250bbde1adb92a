-- One row per state and key fact: the figure to cite of its last year, and what the same release
-- prints of women and girls and of children among the detected victims of that year. Only figures
-- that may be passed on.
-- fact: Indicator of the figure to cite; sex or age of the part.
-- first_year: First year of the series to cite.
-- newest: Last year that any state has from this source.
-- later: The other figure of a later release, which only others repeat.
-- exceeding: The form of exploitation that alone exceeds the total, with its figure.
-- first: First year since the last break with a figure; like jumps only for detected victims.
with free as (from main.source where redistribute),
cited as (
    select *, min(year) over (partition by ref_area, indicator) as first_year
    from published.national_series
    semi join free using (source)
    where indicator in ('VIC_DETECT', 'PER_PROSEC', 'PER_CONVICT')
    qualify year = max(year) over (partition by ref_area, indicator)
),
part as (
    select
        if(observation.sex = '_T', observation.age, observation.sex)::varchar as fact,
        cited.* replace (
            observation.value as value,
            observation.lower as lower,
            observation.upper as upper,
            observation.obs_status as obs_status,
            observation.flags as flags
        ),
        observation.conf_status
    from cited
    join published.observation
        using (source, release, ref_area, indicator, time_basis, time_period)
    where
        indicator = 'VIC_DETECT'
        and (observation.sex, observation.age) in (('F', '_T'), ('_T', 'Y0T17'))
        and is_headline(
            freq, '_T', '_T', exploitation, citizenship, counterpart_role, observation.breakdown
        )
),
newest as (
    select source, indicator, max(year) as newest
    from published.headline
    join main.release using (source, release)
    where upper is not null and provenance <> 'REPEATED' and not has_status(obs_status, 'U')
    group by all
),
later as (
    select
        source, ref_area, indicator, time_basis, time_period, max(release) as later_release,
        arg_max({'value': value, 'lower': lower, 'upper': upper}, release) as later
    from harmonised.observation
    join main.release using (source, release)
    where
        provenance = 'REPEATED'
        and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
    group by all
),
form as (
    select
        source, ref_area, indicator, time_basis, time_period,
        arg_max({'form': exploitation::varchar, 'value': value}, value) as form
    from published.observation
    where
        exploitation <> '_T'
        and not has_status(obs_status, 'U')
        and is_headline(freq, sex, age, '_T', citizenship, counterpart_role, breakdown)
    group by all
),
whole as (
    select
        cited.indicator::varchar as fact,
        cited.*,
        headline.conf_status,
        newest,
        if(later_release > cited.release and later.value is distinct from cited.value, later, null) as later,
        if(form.value > cited.value, form, null) as exceeding
    from cited
    left join newest using (source, indicator)
    left join later using (source, ref_area, indicator, time_basis, time_period)
    left join form using (source, ref_area, indicator, time_basis, time_period)
    left join published.headline
        on not is_sum
        and headline.source = cited.source
        and headline.ref_area = cited.ref_area
        and headline.indicator = cited.indicator
        and headline.time_basis = cited.time_basis
        and headline.time_period = cited.time_period
)
select
    fact,
    figure.ref_area,
    figure.source,
    release,
    year,
    first_year,
    figure.time_basis::varchar as time_basis,
    value,
    lower,
    upper,
    obs_status::varchar as obs_status,
    conf_status::varchar as conf_status,
    is_sum,
    list_contains(flags, 'YEAR_INFERRED') as is_year_inferred,
    citation_reason,
    newest,
    later,
    exceeding,
    source.* like 'publisher%',
    source.* like 'title%',
    source.citation,
    trend.first_period::integer as first,
    jumps
from (from whole union all by name from part) as figure
join main.source using (source)
left join published.trend
    on fact = 'VIC_DETECT'
    and trend.source = figure.source
    and trend.ref_area = figure.ref_area
    and trend.indicator = figure.indicator
    and trend.time_basis = figure.time_basis
order by figure.ref_area, fact;
