-- One row per state and indicator: the newest figure to cite, if it may be passed on, with the
-- sentence that says it and its caution; column names are concepts, NaN is a missing figure. `said`
-- are the remarks on figures to cite, in words.
with figure as (
    select
        * exclude (value, lower, upper),
        regexp_replace(columns(['value', 'lower', 'upper'])::varchar, '\.0$', ''),
        string_split(obs_status, ';') as statuses
    from published.newest
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
    conf_status as "CONF_STATUS",
    def_scope as "DEF_SCOPE",
    unit_measure as "UNIT_MEASURE",
    count_unit as "COUNT_UNIT",
    figure.time_basis as "TIME_BASIS",
    figure.source as "DATA_SOURCE",
    release as "RELEASE",
    provenance as "PROVENANCE",
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
    sentence_en as "SENTENCE_EN",
    sentence_es as "SENTENCE_ES",
    sentence_pt as "SENTENCE_PT",
    sentence_fr as "SENTENCE_FR",
    comment as "COMMENT_OBS"
from figure
join codelist.indicator as unit on unit.code = figure.indicator
left join said
    on said.source = figure.source and said.ref_area = figure.ref_area
    and said.indicator = figure.indicator and said.time_basis = figure.time_basis
    and said.year = figure.year
left join (
    select
        area,
        answer.indicator,
        answer.source,
        answer.year,
        any_value(concat_ws(' ', text, caution_text || '.')) filter (language = 'en') as sentence_en,
        any_value(concat_ws(' ', text, caution_text || '.')) filter (language = 'es') as sentence_es,
        any_value(concat_ws(' ', text, caution_text || '.')) filter (language = 'pt') as sentence_pt,
        any_value(concat_ws(' ', text, caution_text || '.')) filter (language = 'fr') as sentence_fr
    from published.sentence
    join published.answer using (area, question)
    where question = 'HAPPENED' and may_be_passed_on(sentence.sources)
    group by all
) as happened
    on happened.area = figure.ref_area and happened.indicator = figure.indicator
    and happened.source = figure.source and happened.year = figure.year;
