-- One row per figure of SDG indicator 16.2.2, in SDMX-CSV 2.0: columns are the concepts of
-- IAEG-SDGs:SDG, NaN is a missing figure. Of several sources of one reporting type, the one that
-- published.national_series cites is taken; a source that reprints another's figures, only for forms
-- of exploitation that the other does not report; what only others repeat, never.
with printed as (
    select
        observation.*,
        source.reprints <> '' as is_reprint,
        case
            when source.coll_method = 'QUEST' then 'G'
            when is_own_authority(source, ref_area) then 'N'
        end as reporting_type,
        (source, ref_area, indicator) in (
            select (source, ref_area, indicator)
            from published.national_series
        ) as is_cited,
        'C' as nature
    from published.observation
    join main.source using (source)
    where
        source.redistribute
        and indicator in ('VIC_DETECT', 'VIC_DETECT_RATE')
        and freq = 'A'
        and observation.time_basis = 'CY'
        and ref_area = country
        and citizenship = '_T'
        and counterpart_role = '_Z'
        and breakdown = '_T'
        and provenance <> 'REPEATED'
),
calculated as (
    select
        printed.* replace (
            'VIC_DETECT_RATE' as indicator,
            'PER_100000_POP' as unit_measure,
            rate.value as value,
            'CA' as nature,
            concat_ws('; ', origin.name_en, printed.comment) as comment,
            printed.citation || '; ' || population.citation as citation
        )
    from printed
    join published.rate using (
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation
    )
    join codelist.origin on origin.code = rate.origin and origin.code = 'FIGURE'
    join main.release as population
        on population.source = rate.population_source
        and population.release = rate.population_release
    where rate.value is not null
),
figure as (
    select *, form.sdg_series || if(indicator = 'VIC_DETECT_RATE', 'R', '') as series
    from (from printed union all by name from calculated) as figure
    join codelist.exploitation as form on form.code = exploitation
    where reporting_type is not null and form.sdg_series <> ''
),
chosen as (
    select *
    from figure
    qualify
        dense_rank() over (
            partition by reporting_type, series, ref_area
            order by is_cited desc, is_reprint, source
        ) = 1
)
select
    'dataflow' as "STRUCTURE",
    'TIPSTAT:DF_SDG_16_2_2(1.0.0)' as "STRUCTURE_ID",
    'R' as "ACTION",
    freq as "FREQ",
    reporting_type as "REPORTING_TYPE",
    series as "SERIES",
    ltrim(area.m49, '0') as "REF_AREA",
    sex as "SEX",
    age as "AGE",
    '_T' as "URBANISATION",
    '_T' as "INCOME_WEALTH_QUANTILE",
    '_T' as "EDUCATION_LEV",
    '_T' as "OCCUPATION",
    '_T' as "CUST_BREAKDOWN",
    '_T' as "COMPOSITE_BREAKDOWN",
    '_T' as "DISABILITY_STATUS",
    '_T' as "ACTIVITY",
    '_T' as "PRODUCT",
    time_period as "TIME_PERIOD",
    coalesce(regexp_replace(value::varchar, '\.0$', ''), 'NaN') as "OBS_VALUE",
    string_split(obs_status, ';')[1] as "OBS_STATUS",
    '0' as "UNIT_MULT",
    unit_measure as "UNIT_MEASURE",
    nature as "NATURE",
    comment as "COMMENT_OBS",
    if(value is null, regexp_replace(upper::varchar, '\.0$', ''), null) as "UPPER_BOUND",
    if(value is null, regexp_replace(lower::varchar, '\.0$', ''), null) as "LOWER_BOUND",
    basis.name_en as "TIME_DETAIL",
    concat_ws('; ', citation, case when provenance <> 'OWN' then read.name_en end) as "SOURCE_DETAIL"
from chosen
join codelist.area on area.code = ref_area
join codelist.time_basis as basis on basis.code = time_basis
join codelist.provenance as read on read.code = provenance
order by freq, reporting_type, series, "REF_AREA", sex, age, time_period;
