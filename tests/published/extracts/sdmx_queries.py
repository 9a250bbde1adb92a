"""What the SDMX extracts must hold, by queries of the warehouse that share nothing with theirs."""

SAME_FIGURES = """
    select
        freq, ref_area, indicator, sex, age, exploitation, citizenship, counterpart_role,
        counterpart_area, breakdown, time_basis, source as data_source, time_period,
        value as obs_value, lower as lower_bound, upper as upper_bound,
        array_to_string(string_split(obs_status, ';')[1:1], '') as obs_status,
        array_to_string(string_split(obs_status, ';')[2:2], '') as obs_status_2,
        array_to_string(string_split(obs_status, ';')[3:3], '') as obs_status_3,
        conf_status, def_scope, unit_measure, count_unit, release, provenance, value_raw,
        locator,
        array_to_string(flags, ';') as flags, array_to_string(remarks, ';') as remarks,
        array_to_string(correction, ';') as correction,
        true_since, comment as comment_obs
    from published.observation
"""
SAME_INDICATOR = """
    with code as (
        select unnest(['_T', 'SX', 'FL', 'OG', 'OP']) as exploitation,
            unnest(['', 'SX', 'FL', 'OG', 'OP']) as suffix
    ),
    figure as (
        select source, release, indicator, ref_area, sex, age, time_period, exploitation,
            value, lower, upper, obs_status
        from published.observation
        where indicator in ('VIC_DETECT', 'VIC_DETECT_RATE') and freq = 'A' and citizenship = '_T'
            and time_basis = 'CY'
            and provenance <> 'REPEATED'
        union all
        select source, release, 'VIC_DETECT_RATE', ref_area, sex, age, time_period, exploitation,
            value, null, null, null
        from published.rate
        join main.release using (source, release)
        where indicator = 'VIC_DETECT' and origin = 'FIGURE' and value is not null
            and time_basis = 'CY'
            and provenance <> 'REPEATED'
    )
    select
        if(source = 'jam_statin', 'N', 'G') as reporting_type,
        'VC_HTF_DETV' || suffix || if(indicator = 'VIC_DETECT', '', 'R') as series,
        m49::integer::varchar as ref_area, sex, age, time_period,
        value as obs_value,
        if(value is null, lower, null) as lower_bound,
        if(value is null, upper, null) as upper_bound,
        if(obs_status is null, null, left(obs_status, 1)) as obs_status
    from figure
    join code using (exploitation)
    join codelist.area on area.code = ref_area
    where
        source = 'jam_statin'
        or source = 'int_unodc_glotip' and exploitation in ('_T', 'SX', 'FL')
        or source = 'int_unsd_sdg' and exploitation <> '_T' and not exists (
            from figure as own
            where own.source = 'int_unodc_glotip' and own.ref_area = figure.ref_area
                and own.exploitation = figure.exploitation
        )
"""
