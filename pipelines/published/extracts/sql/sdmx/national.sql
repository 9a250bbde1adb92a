-- One row per state, indicator and year: the series to cite, if it may be passed on; column names are
-- concepts, NaN is a missing figure. `said` are the remarks on figures to cite, in words.
with figure as (
    select
        * exclude (value, lower, upper),
        regexp_replace(columns(['value', 'lower', 'upper'])::varchar, '\.0$', ''),
        string_split(obs_status, ';') as statuses
    from published.national_series
    semi join (from main.source where redistribute) as free using (source)
)
select
    'A' as "FREQ",
    figure.ref_area as "REF_AREA",
    figure.indicator as "INDICATOR",
    time_period as "TIME_PERIOD",
    coalesce(value, 'NaN') as "OBS_VALUE",
    lower as "LOWER_BOUND",
    upper as "UPPER_BOUND",
    statuses[1] as "OBS_STATUS",
    statuses[2] as "OBS_STATUS_2",
    if(len(statuses) > 3, error('more than three statuses: ' || obs_status), statuses[3])
        as "OBS_STATUS_3",
    def_scope as "DEF_SCOPE",
    unit_measure as "UNIT_MEASURE",
    count_unit as "COUNT_UNIT",
    figure.time_basis as "TIME_BASIS",
    figure.source as "DATA_SOURCE",
    release as "RELEASE",
    provenance as "PROVENANCE",
    citation_reason as "CITATION_REASON",
    is_sum::varchar as "IS_SUM",
    value_raw as "VALUE_RAW",
    locator as "LOCATOR",
    nullif(array_to_string(flags, ';'), '') as "FLAGS",
    break_reason as "BREAK_REASON",
    remarks as "REMARKS",
    remark_en as "REMARK_EN",
    remark_es as "REMARK_ES",
    remark_pt as "REMARK_PT",
    remark_fr as "REMARK_FR",
    comment as "COMMENT_OBS"
from figure
join codelist.indicator as unit on unit.code = figure.indicator
left join said
    on said.source = figure.source and said.ref_area = figure.ref_area
    and said.indicator = figure.indicator and said.time_basis = figure.time_basis
    and said.year = figure.year;
