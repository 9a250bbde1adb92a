-- One row per release that was corrected: how many corrections it has, and how many figures bear
-- one.
select
    correction.source,
    correction.release,
    count(distinct correction.id) as corrections,
    count(observation.source) as figures
from main.correction
left join harmonised.observation
    on observation.source = correction.source
    and observation.release = correction.release
    and list_contains(string_split(observation.comment, '; '), 'correction ' || correction.id)
where correction.effect = 'REPLACE'
group by all
order by all;
