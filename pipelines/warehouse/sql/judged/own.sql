-- One row per figure that holds now: what its own row, and the sums of which it is a part, say of it.
-- year: Year of the period, as a number.
-- remarks: Codes of codelist.remark.
create view judged.own as
with failed as not materialized (
    -- A sum has the codes of its parts, but none in the dimension that divides it.
    select
        source, release, ref_area, indicator, freq, time_basis, time_period, counterpart_role,
        counterpart_area, breakdown,
        list({
            'verdict': verdict,
            'sex': case when dimension not in ('sex', 'sex_by_age') then sex end,
            'age': case when dimension not in ('age', 'sex_by_age') then age end,
            'exploitation': case when dimension <> 'exploitation' then exploitation end,
            'citizenship': case when dimension <> 'citizenship' then citizenship end
        }) as sums
    from main.rule_result
    where rule in (select rule.rule from main.rule where doubts <> '')
    group by all
),
overlapping as (
    select source, release, ref_area, indicator, freq, time_basis, time_period, sex, age
    from harmonised.margin
    where
        dimension = 'exploitation'
        and citizenship = '_T'
        and counterpart_role = '_Z'
        and breakdown = '_T'
        and parts_lower > total_upper
),
placed as (
    select
        part.*,
        coll_method,
        provenance,
        scope.comparable as scope_level,
        string_split(obs_status, ';') as statuses,
        -- What became of the sums of which the figure is a part.
        list_transform(
            list_filter(
                sums,
                lambda total: coalesce(part.sex = total.sex, part.sex <> '_T')
                    and coalesce(part.age = total.age, part.age <> '_T')
                    and coalesce(part.exploitation = total.exploitation, part.exploitation <> '_T')
                    and coalesce(part.citizenship = total.citizenship, part.citizenship <> '_T')
            ),
            lambda total: total.verdict
        ) as verdicts,
        part.exploitation <> '_T' and overlapping.source is not null as forms_overlap
    from harmonised.current_text as part
    join (select source, coll_method from main.source) as about using (source)
    join (select source, release, provenance from main.release) as origin using (source, release)
    join codelist.def_scope as scope on scope.code = part.def_scope
    left join failed using (
        source, release, ref_area, indicator, freq, time_basis, time_period, counterpart_role,
        counterpart_area, breakdown
    )
    left join overlapping using (
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age
    )
)
select
    placed.* exclude (coll_method, provenance, scope_level, statuses, verdicts, forms_overlap),
    list_distinct(list_concat(
        list_intersect(placed.flags, known.codes),
        list_filter(
            [
                case
                    when
                        list_has_any(statuses, ['U', 'G'])
                        and not list_has_any(placed.flags, known.doubts)
                        then 'UNRELIABLE'
                end,
                case when list_contains(statuses, 'P') then 'PROVISIONAL' end,
                case when list_contains(statuses, 'E') then 'ESTIMATED' end,
                case when list_contains(statuses, 'B') then 'BREAK' end,
                case when list_contains(statuses, 'W') then 'INCLUDES' end,
                case when provenance = 'REPEATED' then 'REPEATED' end,
                case when def_scope = 'NOMEANS' then 'NOMEANS' end,
                case when scope_level = '3' then 'SCOPE' end,
                case when scope_level = '4' then 'SCOPE_UNKNOWN' end,
                case when coll_method = 'QUEST' then 'NATIONAL_LAW' end,
                case when coll_method in ('MULTI', 'UNK') then 'METHOD' end,
                case
                    when starts_with(time_basis, 'FY') or time_basis = 'TIPR' then 'FISCAL'
                end,
                case when time_basis in ('UNK', 'OTHER') then 'PERIOD' end,
                case when time_basis = 'CUM' then 'CUMULATIVE' end,
                case when age not in ('_T', '_U', '_Z') then 'AGE_MOMENT' end,
                case when forms_overlap then 'FORMS_OVERLAP' end,
                case when list_contains(verdicts, 'falls short') then 'PARTS_SHORT' end,
                case
                    when len(list_filter(verdicts, lambda verdict: verdict <> 'falls short')) > 0
                        then 'PARTS_CONTRADICT'
                end
            ],
            lambda remark: remark is not null
        )
    )) as remarks
from placed
cross join (
    select list(code) as codes, list(code) filter (severity = 'doubt') as doubts
    from codelist.remark
) as known;
