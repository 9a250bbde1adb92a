-- One row per source, state, indicator and year with a headline figure, one per withheld figure and
-- check that it failed, and one per figure that the newest release withdrew.
-- comparability: Level of the figure; figures of level 4 may be shown in tables only.
-- is_questioned: Whether a doubt or a caution is about this figure, beside what is counted in it.
-- is_repeated: Whether only others repeat it.
-- is_year_inferred: Whether the source names no year.
-- doubt: Reason why the figure is doubtful, a code of codelist.remark.
-- source_note: The source's note on what is counted and by whom, in English, if the source gathers
--   figures of several authorities; empty for a suppressed figure.
-- same_as: Indicators for which the source prints the same number in several years joined by a
--   space (published.remark).
with remarked as (
    select
        source, ref_area, indicator, time_basis, year,
        arg_min(remark, rank) filter (severity = 'doubt') as doubt,
        bool_or(severity in ('doubt', 'caution') and scope = 'figure') as is_questioned,
        string_agg(distinct other_indicator, ' ' order by other_indicator)
            filter (starts_with(remark, 'SAME_') and same > 1) as same_as
    from published.remark
    where (sex, age, exploitation, citizenship) = ('_T', '_T', '_T', '_T')
    group by all
),
published_figure as (
    select
        source,
        release,
        ref_area::varchar as ref_area,
        indicator::varchar as indicator,
        time_basis::varchar as time_basis,
        year,
        value,
        lower,
        upper,
        obs_status::varchar as obs_status,
        conf_status::varchar as conf_status,
        value_raw,
        break_reason,
        break_year,
        previous_release,
        previous_value,
        previous_value_raw,
        null::varchar as rule,
        comparability,
        is_questioned,
        provenance = 'REPEATED' as is_repeated,
        list_contains(flags, 'YEAR_INFERRED') as is_year_inferred,
        doubt,
        if(
            conf_status = 'F'
            and source in (select source from main.source where coll_method = 'MULTI'),
            -- What follows a semicolon are remarks of whoever read the passage; they stay in the warehouse.
            nullif(trim(regexp_extract(comment, '^([^;(]|\([^)]*\))*')), ''),
            null
        ) as source_note,
        same_as
    from published.headline
    join main.release using (source, release)
    left join remarked using (source, ref_area, indicator, time_basis, year)
    where ref_area in (select code from codelist.area)
),
answer as (
    -- Yes or no in a year; treaties have their own table.
    select
        source,
        release,
        ref_area,
        indicator,
        time_basis,
        year,
        value,
        lower,
        upper,
        obs_status,
        conf_status,
        value_raw,
        false as is_questioned,
        provenance = 'REPEATED' as is_repeated,
        list_contains(flags, 'YEAR_INFERRED') as is_year_inferred
    from published.observation
    where
        unit_measure = 'BOOL'
        and indicator <> 'POL_PROTOCOL'
        and not starts_with(indicator, 'POL_ILO_')
        and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        and ref_area in (select code from codelist.area)
),
withheld_figure as (
    select
        source,
        release,
        ref_area::varchar as ref_area,
        indicator::varchar as indicator,
        year,
        rule_id as rule
    from published.not_held
    where why = 'WITHHELD' and year is not null -- a period that is not a year has no place on an axis
),
withdrawn_figure as (
    select
        source,
        release,
        ref_area::varchar as ref_area,
        indicator::varchar as indicator,
        year,
        previous_release,
        previous_value,
        previous_value_raw
    from published.not_held
    where why = 'WITHDRAWN'
),
figure as (
    from published_figure
    union all by name
    from answer
    union all by name
    from withheld_figure
    union all by name
    from withdrawn_figure
)
select figure.*, list.count_unit, list.unit_measure
from figure
join codelist.indicator as list on list.code = figure.indicator
order by source, ref_area, indicator, year, rule;
