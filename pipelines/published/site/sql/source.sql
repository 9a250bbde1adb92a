-- One row per source of figures or assessments: its metadata for the pages.
-- release: Day of its newest release.
-- retrieved: Day on which the newest file was retrieved.
-- caveats: What else must be known before using it, in English, a line each.
-- accessed: The day on which each release was read, by release.
-- read_in: Where each release was read (codelist.provenance), by release.
-- not_refreshed_since: Day of its last good release, if a later one is held back.
with held_back as (
    select source, min(not_refreshed_since) as not_refreshed_since
    from main.held_back
    group by all
),
newest as (
    select
        source,
        max(release) as release,
        max(retrieved)::varchar as retrieved,
        map_from_entries(list((release, retrieved::varchar))) as accessed,
        map_from_entries(list((release, provenance::varchar) order by release)) as read_in
    from main.release
    group by all
)
select
    source, release, retrieved, accessed, not_refreshed_since, publisher, title, language, citation, address, page,
    publisher_es, publisher_pt, publisher_fr, title_es, title_pt, title_fr,
    coll_method, time_basis, def_scope, redistribute, release_day, read_in,
    licence_en, licence_es, licence_pt, licence_fr,
    counted_en, counted_es, counted_pt, counted_fr,
    caution_en, caution_es, caution_pt, caution_fr,
    leaves_out_en, leaves_out_es, leaves_out_pt, leaves_out_fr,
    array_to_string(caveats, chr(10)) as caveats
from main.source
join newest using (source)
left join held_back using (source)
where contract <> 'population'
order by source;
