-- One row per source whose figures may be passed on: a code of CL_DATA_SOURCE.
select
    source,
    publisher || ': ' || title as name_en,
    publisher_es || ': ' || title_es as name_es,
    publisher_pt || ': ' || title_pt as name_pt,
    publisher_fr || ' : ' || title_fr as name_fr,
    counted_en, counted_es, counted_pt, counted_fr,
    licence_en, licence_es, licence_pt, licence_fr,
    citation,
    page
from main.source
where redistribute and contract = 'observation'
order by source;
