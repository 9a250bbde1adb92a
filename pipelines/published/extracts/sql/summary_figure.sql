-- One row per state and key fact: the figure to cite of its last year, and what the same release
-- prints of women and girls and of children among the detected victims of that year. Only figures
-- that may be passed on.
-- fact: Indicator of the figure to cite; sex or age of the part.
with free as (from main.source where redistribute),
cited as (
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
whole as (
    select
        cited.indicator::varchar as fact,
        cited.*,
        headline.conf_status
    from cited
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
    figure.time_basis::varchar as time_basis,
    value,
    lower,
    upper,
    obs_status::varchar as obs_status,
    conf_status::varchar as conf_status,
    is_sum,
    list_contains(flags, 'YEAR_INFERRED') as is_year_inferred,
    citation_reason,
    source.* like 'publisher%',
    source.* like 'title%',
    source.citation
from (from whole union all by name from part) as figure
join main.source using (source)
order by figure.ref_area, fact;
