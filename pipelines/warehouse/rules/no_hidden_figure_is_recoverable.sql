-- severity: INFO
-- kind: disclosure
-- title: No figure that a publisher hides can be recomputed from its total and the other parts
-- Parts are sexes, ages, forms of exploitation and citizenships, also within each other; they count
-- where their sum can be the total. The figure itself is not computed here: the count is for the
-- publisher.
with figure as (
    select
        rowid as figure, source, release, ref_area, indicator, freq, time_basis, time_period,
        sex, age, exploitation, citizenship, value, lower,
        coalesce(upper, 'infinity'::double) as upper,
        has_status(obs_status, 'Q') as is_hidden
    from harmonised.observation
    where counterpart_role = '_Z' and breakdown = '_T'
),
beside_hidden as (
    from figure
    semi join (from figure where is_hidden) as hidden
        using (source, release, ref_area, indicator, freq, time_basis, time_period)
),
split as (
    select * replace ('_T'::sex as sex), 'sex' as divided_by, sex = '_T' as is_whole
    from beside_hidden
    union all
    select * replace ('_T'::age as age), 'age', age = '_T'
    from beside_hidden
    where is_broad_age(age)
    union all
    select * replace ('_T'::exploitation as exploitation), 'form', exploitation = '_T'
    from beside_hidden
    where is_broad_form(exploitation)
    union all
    select * replace ('_T'::exploitation as exploitation), 'other form', exploitation = 'OTH'
    from beside_hidden
    where exploitation = 'OTH' or adds_up_to_forms(exploitation, 'OTH')
    union all
    select * replace ('_T'::citizenship_area as citizenship), 'citizenship', citizenship = '_T'
    from beside_hidden
    where citizenship <> 'FOR'
),
summed as (
    select
        count(value) filter (is_whole) as totals,
        count(value) filter (not is_whole) as known,
        sum(if(is_whole, value, -value)) as rest,
        list({'figure': figure, 'lower': lower, 'upper': upper})
            filter (not is_whole and is_hidden) as hidden
    from split
    group by
        source, release, ref_area, indicator, freq, time_basis, time_period,
        divided_by, sex, age, exploitation, citizenship
),
judged as (
    select
        part.figure,
        case
            when
                bool_or(
                    totals = 1 and len(hidden) = 1 and known > 0
                    and rest between part.lower and part.upper
                )
                then 'recoverable'
            when bool_and(totals = 0 or known = 0) then 'untestable'
            else 'holds'
        end as verdict,
        max(len(hidden)) || ' hidden, ' || max(known) || ' printed' as detail
    from summed
    cross join unnest(hidden) as hidden_part (part)
    group by all
)
select
    source, release, ref_area, indicator, time_period,
    concat_ws(
        ' ', 'sex', sex, 'age', age, 'exploitation', exploitation, 'citizenship', citizenship
    ) as subject,
    verdict,
    detail
from judged
join figure using (figure);
