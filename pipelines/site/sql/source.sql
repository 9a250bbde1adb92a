-- One row per source: what a page says of it.
select
    source, publisher, title, citation, address,
    licence_en, licence_es, licence_pt, licence_fr,
    counted_en, counted_es, counted_pt, counted_fr
from main.source
order by source;
