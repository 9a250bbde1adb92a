-- One row per source of the population that rates divide by, with columns of sql/source.sql.
select
    source, max(release.release) as release,
    max(release.retrieved)::varchar as retrieved, source.publisher, title, source.citation, address, page,
    language, publisher_es, publisher_pt, publisher_fr, title_es, title_pt, title_fr,
    licence_en, licence_es, licence_pt, licence_fr,
    counted_en, counted_es, counted_pt, counted_fr, caution_en, caution_es, caution_pt, caution_fr, release_day,
    map_from_entries(list((release.release, release.retrieved::varchar))) as accessed,
    map_from_entries(list((release.release, provenance::varchar) order by release.release)) as read_in,
    array_to_string(caveats, chr(10)) as caveats
from main.source
join main.release using (source)
where contract = 'population'
group by all
order by source;
