-- One row per figure that holds now: how far it may be compared, by rule and never by opinion. It
-- begins at 1; each reason sets the level that codelist.comparability_reason gives it; the worst
-- wins. Countries are compared by levels 1 and 2 only, with one indicator and one kind of source.
-- year: Year of the period, as a number.
-- comparability: Level from 1 to 4 (codelist.comparability).
-- comparability_reason: Why it is not 1: codes of codelist.comparability_reason joined by ;
create view published.comparability as
with failed as not materialized (
    select
        source, release, ref_area, indicator, time_period, rule, subject,
        bool_or(verdict = 'falls short') as is_short,
        bool_or(verdict <> 'falls short') as is_contradicted
    from main.rule_result
    where rule in ('I1', 'I2', 'I4', 'I5', 'I7')
    group by all
),
part as (
    select
        *,
        -- The identities of which the figure is a part, as the rules name their cases.
        case
            when sex <> '_T' and age = '_T'
                then concat_ws(' ', 'exploitation', exploitation, 'citizenship', citizenship)
            when sex <> '_T'
                then concat_ws(' ', 'sexes within age', age, 'exploitation', exploitation)
        end as of_sexes,
        case
            when age <> '_T' and sex = '_T'
                then concat_ws(' ', 'exploitation', exploitation, 'citizenship', citizenship)
            when age <> '_T'
                then concat_ws(' ', 'ages within sex', sex, 'exploitation', exploitation)
        end as of_ages,
        case when exploitation <> '_T' then concat_ws(' ', 'sex', sex, 'age', age) end as of_forms,
        case
            when citizenship <> '_T'
                then concat_ws(' ', 'sex', sex, 'age', age, 'exploitation', exploitation)
        end as of_citizenships
    from harmonised.current
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
        sexes.is_short or ages.is_short or forms.is_short or citizenships.is_short as is_short,
        sexes.is_contradicted or ages.is_contradicted or forms.is_contradicted
        or citizenships.is_contradicted as is_contradicted,
        overlapping.source is not null as forms_overlap
    from part
    join main.source using (source)
    join codelist.def_scope as scope on scope.code = part.def_scope
    left join (from failed where rule in ('I1', 'I4')) as sexes
        on sexes.source = part.source
        and sexes.release = part.release
        and sexes.ref_area = part.ref_area::varchar
        and sexes.indicator = part.indicator::varchar
        and sexes.time_period = part.time_period
        and sexes.subject = part.of_sexes
    left join (from failed where rule in ('I2', 'I4')) as ages
        on ages.source = part.source
        and ages.release = part.release
        and ages.ref_area = part.ref_area::varchar
        and ages.indicator = part.indicator::varchar
        and ages.time_period = part.time_period
        and ages.subject = part.of_ages
    left join (from failed where rule = 'I5') as forms
        on forms.source = part.source
        and forms.release = part.release
        and forms.ref_area = part.ref_area::varchar
        and forms.indicator = part.indicator::varchar
        and forms.time_period = part.time_period
        and forms.subject = part.of_forms
    left join (from failed where rule = 'I7') as citizenships
        on citizenships.source = part.source
        and citizenships.release = part.release
        and citizenships.ref_area = part.ref_area::varchar
        and citizenships.indicator = part.indicator::varchar
        and citizenships.time_period = part.time_period
        and citizenships.subject = part.of_citizenships
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
                case when def_scope = 'NOMEANS' then 'NOMEANS' end,
                case when coll_method = 'QUEST' then 'NATIONAL_LAW' end,
                case
                    when starts_with(time_basis::varchar, 'FY') or time_basis = 'TIPR' then 'FISCAL'
                end,
                case when age not in ('_T', '_U', '_Z') then 'AGE_MOMENT' end,
                case when list_contains(statuses, 'B') then 'BREAK' end,
                case when list_contains(statuses, 'P') then 'PROVISIONAL' end,
                case when is_year_inferred(comment) then 'YEAR_INFERRED' end,
                case
                    when coalesce(contains(comment, 'OLDER_RELEASE'), false) then 'OLDER_RELEASE'
                end,
                case when coalesce(contains(comment, 'SUM_OF_'), false) then 'SUM_OF_ROWS' end,
                case when list_contains(statuses, 'W') then 'INCLUDES' end,
                case when scope_level = '3' then 'SCOPE' end,
                case when coll_method in ('MULTI', 'UNK') then 'METHOD' end,
                case when forms_overlap then 'FORMS_OVERLAP' end,
                case when is_short then 'PARTS_SHORT' end,
                case when list_has_any(statuses, ['U', 'G']) then 'UNRELIABLE' end,
                case when scope_level = '4' then 'SCOPE_UNKNOWN' end,
                case when time_basis in ('UNK', 'OTHER') then 'PERIOD' end,
                case when time_basis = 'CUM' then 'CUMULATIVE' end,
                case when is_contradicted then 'CONTRADICTED' end
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
    year_of(time_period) as year,
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
