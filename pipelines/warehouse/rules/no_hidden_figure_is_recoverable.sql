-- severity: INFO
-- kind: disclosure
-- title: No figure that a publisher hides can be recomputed from its total and the other parts
-- Parts are sexes, ages, forms of exploitation and citizenships, also within each other; they count
-- where their sum can be the total. The figure itself is not computed here: the count is for the
-- publisher.
with figure as (
    select
        {
            'source': source, 'release': release, 'ref_area': ref_area, 'indicator': indicator,
            'freq': freq, 'time_basis': time_basis, 'time_period': time_period
        } as block,
        sex, age, exploitation, citizenship, value, lower,
        coalesce(upper, 'infinity'::double) as upper,
        list_contains(string_split(obs_status, ';'), 'Q') as is_hidden
    from harmonised.observation
    where counterpart_role = '_Z' and breakdown = '_T'
),
beside_hidden as (
    from figure
    semi join (from figure where is_hidden) as hidden using (block)
),
split as (
    select *, {'sex': '', 'age': age, 'form': exploitation, 'citizenship': citizenship} as margin,
        '_T' as whole, sex as code
    from beside_hidden
    union all
    select *, {'sex': sex, 'age': '', 'form': exploitation, 'citizenship': citizenship}, '_T', age
    from beside_hidden
    where age in ('_T', 'Y0T17', 'Y_GE18', '_U')
    union all
    select *, {'sex': sex, 'age': age, 'form': '', 'citizenship': citizenship}, '_T', exploitation
    from beside_hidden
    where exploitation in ('_T', 'SX', 'FL', 'OTH', '_U')
    union all
    select *, {'sex': sex, 'age': age, 'form': '', 'citizenship': citizenship}, 'OTH', exploitation
    from beside_hidden
    where exploitation in ('OTH', 'OG', 'OP')
    union all
    select *, {'sex': sex, 'age': age, 'form': exploitation, 'citizenship': ''}, '_T', citizenship
    from beside_hidden
    where citizenship <> 'FOR'
),
counted as (
    select
        block, margin, whole,
        count(value) filter (code = whole) as totals,
        count(value) filter (code <> whole) as known,
        count(*) filter (code <> whole and is_hidden) as hidden,
        sum(if(code = whole, value, -value)) as rest
    from split
    group by all
)
select
    block.source, block.release, block.ref_area, block.indicator, block.time_period,
    concat_ws(
        ' ', 'sex', sex, 'age', age, 'exploitation', exploitation, 'citizenship', citizenship
    ) as subject,
    case
        when bool_or(totals = 1 and hidden = 1 and known > 0 and rest between lower and upper)
            then 'recoverable'
        when bool_and(totals = 0 or known = 0) then 'untestable'
        else 'holds'
    end as verdict,
    max(hidden) || ' hidden, ' || max(known) || ' printed' as detail
from split
join counted using (block, margin, whole)
where is_hidden and code <> whole
group by block, sex, age, exploitation, citizenship;
