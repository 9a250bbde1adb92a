-- One row per correction: how many figures bear it, and why it was made.
select
    correction.source,
    correction.release,
    correction.id,
    count(observation.source) as figures,
    correction.reason
from main.correction
left join harmonised.observation
    on observation.source = correction.source
    and observation.release = correction.release
    and list_contains(string_split(observation.comment, '; '), 'correction ' || correction.id)
group by all
order by all;
