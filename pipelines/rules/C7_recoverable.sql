-- id: C7
-- severity: INFO
-- title: No figure that a publisher hides can be recomputed from its total and the other sexes
-- The figure itself is not computed here: the count is for the publisher.
with margin as (
    select
        source, release, ref_area, indicator, time_period, age, exploitation, citizenship,
        count(value) filter (sex = '_T') as totals,
        count(value) filter (sex <> '_T') as known,
        count(*) filter (sex <> '_T' and list_contains(string_split(obs_status, ';'), 'Q')) as hidden
    from harmonised.observation
    where counterpart_role = '_Z' and breakdown = '_T'
    group by source, release, ref_area, indicator, freq, time_basis, time_period, age,
        exploitation, citizenship
)
select
    source, release, ref_area, indicator, time_period,
    concat_ws(' ', 'age', age, 'exploitation', exploitation) as subject,
    case
        when totals = 1 and hidden = 1 and known > 0 then 'recoverable'
        when totals = 0 or known = 0 then 'untestable'
        else 'holds'
    end as verdict,
    hidden || ' hidden, ' || known || ' printed' as detail
from margin
where hidden > 0;
