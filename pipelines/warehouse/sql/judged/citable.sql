-- One row per source, state, indicator, kind of year and year: a figure that may be cited. All sources
-- of the indicator compete, whatever their kind of year, but those that print another's figures
-- again; so do our sums of the whole state and year, but no figure of low reliability (U) and none
-- that only others repeat (provenance REPEATED). published.national_series and published.newest
-- choose among them.
-- is_sum: Whether it is our sum of what the source prints (published.national_sum).
-- last_break: Last year at which a series of the source breaks.
-- is_questionnaire: Whether the source is an international questionnaire, which asks all states alike.
-- is_own: Whether it is of an authority of the state.
-- run: Years of its series since the last break.
-- last_year: Last year of its series.
-- last_release: Newest release with a figure of its series.
create table judged.citable as
with figure as (
    select
        source, release, ref_area, indicator, time_basis, time_period, year, value, lower, upper,
        value_raw, obs_status, conf_status, def_scope::varchar as def_scope, false as is_sum, locator,
        flags, comment, break_reason
    from judged.current_total
    union all by name
    select
        summed.source, release, country as ref_area, summed.indicator, summed.time_basis,
        year::varchar as time_period, year, value, lower, upper,
        case when value is null then 'Q' else 'A' end as obs_status,
        case when value is null then 'A' else 'F' end as conf_status, source.def_scope, true as is_sum,
        [] as flags,
        reason as break_reason
    from published.national_sum as summed
    join main.source using (source)
    left join main.series_break
        on series_break.source = summed.source
        and series_break.ref_area = summed.country
        and series_break.indicator = summed.indicator
        and year_of(series_break.time_period) = summed.year
    where is_whole_country and is_whole_year
    qualify
        row_number() over (
            partition by summed.source, country, summed.indicator, summed.time_basis, year
            order by freq
        ) = 1
),
broken as (
    select
        *,
        max(case when break_reason is not null or has_status(obs_status, 'B') then year end) over (
            partition by source, ref_area, indicator
        ) as last_break
    from figure
)
select
    broken.*,
    release.provenance,
    source.coll_method = 'QUEST' as is_questionnaire,
    is_own_authority(broken.source, ref_area) as is_own,
    count(*) filter (year >= coalesce(last_break, year)) over series as run,
    max(year) over series as last_year,
    max(release) over series as last_release
from broken
join main.source using (source)
join main.release using (source, release)
join codelist.area on area.code = ref_area and area.is_oas
join codelist.time_basis as basis on basis.code = broken.time_basis and basis.start_mm_dd <> ''
where
    lower is not null
    and source.reprints = ''
    and provenance <> 'REPEATED'
    and not has_status(obs_status, 'U')
window series as (partition by source, ref_area, indicator, broken.time_basis);
