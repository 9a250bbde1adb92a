-- One row per state, indicator and year: the one figure to cite, all years of a series from one
-- source. All sources of the indicator compete, whatever their kind of year, but those that print
-- another's figures again; so do our sums of the whole state and year, but no figure of low
-- reliability (U) and none that only others repeat (provenance REPEATED). An international
-- questionnaire, which asks all states alike, goes before the state's own authority, unless that has
-- a later year; whoever else reports of the state goes last. Of several in one place, and of several
-- kinds of year of one source, that with most years since the source's last break is cited, then that
-- with the later last year, then the calendar year, then that with the newer release.
-- ref_area: State, ISO 3166-1 alpha-3.
-- time_period: Year, YYYY, of the kind in time_basis.
-- year: Year of the period, as a number.
-- value_raw: The printed text, untouched; empty for a sum.
-- obs_status: Status of the figure, SDMX CL_OBS_STATUS; several joined by ; the primary first. A sum
--   has A, or Q where one of its parts is suppressed.
-- def_scope: Legal scope of trafficking (codelist.def_scope); of a sum, that of its source.
-- is_sum: Whether it is our sum of what the source prints (published.national_sum).
-- locator: The way back to the printed cell: file, sheet, row; empty for a sum.
-- provenance: Whether it was read in the publisher's own file or in a copy of it
--   (codelist.provenance).
-- citation_reason: Why this source is cited (codelist.citation_reason).
-- candidates: How many sources competed, this one included.
-- others: The other ones; they may have other years.
-- key: ref_area, indicator, year
-- terms: source
-- extract: csv, sdmx, workbook
-- extract_without: others
-- disclosure: repeats
create table published.national_series as
with figure as (
    select
        source, release, ref_area, indicator, time_basis, time_period, year, value, lower, upper,
        value_raw, obs_status, def_scope::varchar as def_scope, false as is_sum, locator, flags, comment,
        break_reason
    from published.headline
    union all by name
    select
        summed.source, release, country as ref_area, summed.indicator, summed.time_basis,
        year::varchar as time_period, year, value, lower, upper,
        case when value is null then 'Q' else 'A' end as obs_status, source.def_scope, true as is_sum,
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
),
candidate as (
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
    window series as (partition by source, ref_area, indicator, broken.time_basis)
),
only_repeated as (
    select ref_area, indicator, list(distinct source) as repeated
    from figure
    join main.release using (source, release)
    where provenance = 'REPEATED' and lower is not null
    group by all
),
ranked as (
    select
        *,
        case
            when is_own and last_year > max(last_year) filter (is_questionnaire) over cell then 1
            when is_questionnaire then 2
            when is_own then 3
            else 4
        end as rank,
        list(distinct source) over cell as sources
    from candidate
    window cell as (partition by ref_area, indicator)
),
cited as (
    select
        *,
        min(rank) over cell < max(rank) over cell as is_by_rank,
        len(list(distinct source) over alike) > 1 as is_tied
    from ranked
    window
        cell as (partition by ref_area, indicator),
        alike as (partition by ref_area, indicator, rank, run, last_year)
    qualify
        dense_rank() over (
            partition by ref_area, indicator
            order by
                rank, run desc, last_year desc, time_basis::time_basis, last_release desc, source
        ) = 1
)
select
    cited.ref_area,
    cited.indicator,
    time_period,
    year,
    source,
    release,
    time_basis,
    value,
    lower,
    upper,
    value_raw,
    obs_status,
    def_scope,
    is_sum,
    locator,
    flags,
    comment,
    break_reason,
    provenance,
    case
        when len(sources) = 1 and len(list_filter(repeated, lambda other: other <> source)) > 0
            then 'OTHERS_REPEATED'
        when len(sources) = 1 then 'ONLY_SOURCE'
        when not is_by_rank and is_tied then 'NEWEST_RELEASE'
        when not is_by_rank then 'LONGEST_RUN'
        when rank = 1 then 'NATIONAL_NEWER'
        when rank = 2 then 'QUESTIONNAIRE'
        else 'NATIONAL'
    end as citation_reason,
    len(sources) as candidates,
    list_sort(list_filter(sources, lambda other: other <> source)) as others
from cited
left join only_repeated using (ref_area, indicator)
order by cited.ref_area, cited.indicator, year;
