-- One row per state, indicator and year: the long series to cite, all years from one source. A newer
-- figure of another source is in published.newest. All sources of the indicator compete, whatever
-- their kind of year, but those that print another's figures again; so do our sums of the whole state
-- and year, but no figure of low reliability (U) and none that only others repeat (provenance
-- REPEATED). An international questionnaire, which asks all states alike, goes before the state's own
-- authority, unless that has a later year, and {parameter.years_to_replace_a_series} years since
-- its last break or as many as the questionnaire has in all; whoever else reports of the state goes
-- last, unless only they have so many: a state that begins to report loses no verdict. Of several in one place, and of several
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
with only_repeated as (
    select ref_area, indicator, list(distinct source) as repeated
    from (
        select source, release, ref_area, indicator, lower
        from judged.current_total
        union all by name
        select source, release, country as ref_area, indicator, lower
        from published.national_sum
        where is_whole_country and is_whole_year
    )
    join main.release using (source, release)
    where provenance = 'REPEATED' and lower is not null
    group by all
),
asked as (
    -- What an international questionnaire, and whoever else reports of the state, has of the same
    -- state and indicator.
    select
        ref_area, indicator,
        count(distinct year) filter (is_questionnaire) as years,
        max(last_year) filter (is_questionnaire) as last_year,
        max(run) filter (not is_questionnaire) as run_of_others
    from judged.citable
    where not is_own
    group by all
),
ranked as (
    select
        citable.*,
        case
            when
                is_own
                and citable.last_year > asked.last_year
                and citable.run >= least(parameter.years_to_replace_a_series(), asked.years)
                then 1
            when is_questionnaire then 2
            when
                is_own
                and asked.run_of_others >= parameter.years_to_replace_a_series()
                and citable.run < parameter.years_to_replace_a_series()
                then 5
            when is_own then 3
            else 4
        end as rank,
        list(distinct source) over cell as sources
    from judged.citable
    left join asked using (ref_area, indicator)
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
        when rank = 4 then 'LONGEST_RUN'
        else 'NATIONAL'
    end as citation_reason,
    len(sources) as candidates,
    list_sort(list_filter(sources, lambda other: other <> source)) as others
from cited
left join only_repeated using (ref_area, indicator)
order by cited.ref_area, cited.indicator, year;
