-- one hidden part could be recomputed from its total and the other parts, which we counted
with part as (
    select
        observation.*,
        dimension,
        case dimension when 'sex' then sex::varchar else age::varchar end as code,
        case dimension when 'sex' then age::varchar else sex::varchar end as code_of_other
    from harmonised.observation
    join main.source using (source)
    cross join unnest(['sex', 'age']) as divided(dimension)
    where source.threshold > 0 and counterpart_role = '_Z'
)
select source, ref_area, indicator, time_period, dimension
from part
group by
    source, release, ref_area, indicator, freq, time_basis, time_period, exploitation, citizenship,
    breakdown, dimension, code_of_other
having
    count(value) filter (code = '_T') = 1
    and count(*) filter (code <> '_T') > 1
    and count(*) filter (code <> '_T' and value is null) = 1;
