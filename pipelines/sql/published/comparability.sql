-- One row per figure that holds now: how far it may be compared, by rule and never by opinion. It
-- begins at 1; each reason sets the level that codelist.comparability_reason gives it; the worst
-- wins. Countries are compared by levels 1 and 2 only, with one indicator and one kind of source.
-- comparability: Level from 1 to 4 (codelist.comparability).
-- comparability_reason: Why it is not 1: codes of codelist.comparability_reason joined by ;
create view published.comparability as
with failed as (
    select
        source, release, ref_area, indicator, time_period,
        list(rule || ' ' || subject) filter (verdict = 'falls short' and rule <> 'V9') as short,
        list(rule || ' ' || subject) filter (verdict <> 'falls short') as contradicted
    from main.rule_result
    where rule in ('I1', 'I2', 'I4', 'I5', 'I7', 'V9')
    group by all
),
part as (
    select
        current.*,
        short,
        contradicted,
        -- The identities of which the figure is a part, as the rules name their cases.
        if(
            failed.source is null,
            [],
            [
                case
                    when sex <> '_T' and age = '_T'
                        then concat_ws(' ', 'I1 exploitation', exploitation, 'citizenship', citizenship)
                    when sex <> '_T'
                        then concat_ws(' ', 'I4 sexes within age', age, 'exploitation', exploitation)
                end,
                case
                    when age <> '_T' and sex = '_T'
                        then concat_ws(' ', 'I2 exploitation', exploitation, 'citizenship', citizenship)
                    when age <> '_T'
                        then concat_ws(' ', 'I4 ages within sex', sex, 'exploitation', exploitation)
                end,
                if(exploitation <> '_T', concat_ws(' ', 'I5 sex', sex, 'age', age), null),
                if(exploitation <> '_T', concat_ws(' ', 'V9 exploitation', exploitation), null),
                if(
                    citizenship <> '_T',
                    concat_ws(' ', 'I7 sex', sex, 'age', age, 'exploitation', exploitation),
                    null
                )
            ]
        ) as identities
    from harmonised.current
    left join failed
        on failed.source = current.source
        and failed.release = current.release
        and failed.ref_area = current.ref_area::varchar
        and failed.indicator = current.indicator::varchar
        and failed.time_period = current.time_period
),
overlapping as (
    select source, release, ref_area, indicator, freq, time_basis, time_period, sex, age
    from harmonised.interval
    where
        exploitation in ('_T', 'SX', 'FL', 'OTH', '_U')
        and citizenship = '_T'
        and counterpart_role = '_Z'
        and breakdown = '_T'
    group by all
    having
        sum(lower) filter (exploitation <> '_T') > max(upper) filter (exploitation = '_T')
),
placed as (
    select
        part.*,
        source.coll_method,
        scope.comparable as scope_level,
        string_split(obs_status, ';') as statuses,
        list_has_any(identities, short) as is_short,
        list_has_any(identities, contradicted) as is_contradicted,
        overlapping.source is not null as forms_overlap
    from part
    join main.source using (source)
    join codelist.def_scope as scope on scope.code = part.def_scope
    left join overlapping
        on part.exploitation <> '_T'
        and overlapping.source = part.source
        and overlapping.release = part.release
        and overlapping.ref_area = part.ref_area
        and overlapping.indicator = part.indicator
        and overlapping.freq = part.freq
        and overlapping.time_basis = part.time_basis
        and overlapping.time_period = part.time_period
        and overlapping.sex = part.sex
        and overlapping.age = part.age
),
reasoned as (
    select
        *,
        list_filter(
            [
                if(def_scope = 'NOMEANS', 'NOMEANS', null),
                if(coll_method = 'QUEST', 'NATIONAL_LAW', null),
                if(starts_with(time_basis::varchar, 'FY') or time_basis = 'TIPR', 'FISCAL', null),
                if(age not in ('_T', '_U', '_Z'), 'AGE_MOMENT', null),
                if(list_contains(statuses, 'B'), 'BREAK', null),
                if(list_contains(statuses, 'P'), 'PROVISIONAL', null),
                if(is_year_inferred(comment), 'YEAR_INFERRED', null),
                if(list_contains(statuses, 'W'), 'INCLUDES', null),
                if(scope_level = '3', 'SCOPE', null),
                if(coll_method in ('MULTI', 'UNK'), 'METHOD', null),
                if(forms_overlap, 'FORMS_OVERLAP', null),
                if(is_short, 'PARTS_SHORT', null),
                if(list_has_any(statuses, ['U', 'G']), 'UNRELIABLE', null),
                if(scope_level = '4', 'SCOPE_UNKNOWN', null),
                if(time_basis in ('UNK', 'OTHER'), 'PERIOD', null),
                if(time_basis = 'CUM', 'CUMULATIVE', null),
                if(is_contradicted, 'CONTRADICTED', null)
            ],
            lambda reason: reason is not null
        ) as reasons
    from placed
),
level as (
    select map(list(code), list(comparability)) as of_reason
    from codelist.comparability_reason
)
select
    source,
    release,
    ref_area::varchar as ref_area,
    indicator::varchar as indicator,
    freq::varchar as freq,
    time_basis::varchar as time_basis,
    time_period,
    sex::varchar as sex,
    age::varchar as age,
    exploitation::varchar as exploitation,
    citizenship::varchar as citizenship,
    counterpart_role::varchar as counterpart_role,
    counterpart_area::varchar as counterpart_area,
    breakdown::varchar as breakdown,
    locator,
    coalesce(
        list_max(list_transform(reasons, lambda reason: level.of_reason[reason])), '1'
    ) as comparability,
    nullif(array_to_string(reasons, ';'), '') as comparability_reason
from reasoned
cross join level;
