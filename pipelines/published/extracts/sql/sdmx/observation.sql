-- One row per current figure that may be passed on, in SDMX-CSV 2.0: column names are
-- concepts, NaN is a missing figure.
with figure as (
    select
        observation.* exclude (value, lower, upper),
        regexp_replace(columns(['value', 'lower', 'upper'])::varchar, '\.0$', ''),
        string_split(obs_status, ';') as statuses
    from published.observation
    semi join (from main.source where redistribute) as free using (source)
)
select
    'dataflow' as "STRUCTURE",
    'TIPSTAT:DF_TIP(1.0.0)' as "STRUCTURE_ID",
    'R' as "ACTION",
    freq as "FREQ",
    ref_area as "REF_AREA",
    indicator as "INDICATOR",
    sex as "SEX",
    age as "AGE",
    exploitation as "EXPLOITATION",
    citizenship as "CITIZENSHIP",
    counterpart_role as "COUNTERPART_ROLE",
    counterpart_area as "COUNTERPART_AREA",
    breakdown as "BREAKDOWN",
    time_basis as "TIME_BASIS",
    source as "DATA_SOURCE",
    time_period as "TIME_PERIOD",
    coalesce(value, 'NaN') as "OBS_VALUE",
    lower as "LOWER_BOUND",
    upper as "UPPER_BOUND",
    statuses[1] as "OBS_STATUS",
    statuses[2] as "OBS_STATUS_2",
    if(len(statuses) > 3, error('more than three statuses: ' || obs_status), statuses[3])
        as "OBS_STATUS_3",
    conf_status as "CONF_STATUS",
    def_scope as "DEF_SCOPE",
    unit_measure as "UNIT_MEASURE",
    count_unit as "COUNT_UNIT",
    release as "RELEASE",
    value_raw as "VALUE_RAW",
    locator as "LOCATOR",
    comment as "COMMENT_OBS"
from figure
order by
    freq, ref_area, indicator, sex, age, exploitation, citizenship, counterpart_role,
    counterpart_area, breakdown, time_basis, source, time_period;
