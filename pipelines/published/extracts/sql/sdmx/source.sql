-- One row per source whose figures may be passed on: a code of CL_DATA_SOURCE.
select
    source,
    publisher || ': ' || title as name,
    counted_en, counted_es, counted_pt, counted_fr,
    licence_en, licence_es, licence_pt, licence_fr,
    citation,
    page
from main.source
where redistribute and contract = 'observation'
order by source;
