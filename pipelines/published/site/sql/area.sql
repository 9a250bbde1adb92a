-- One row per state of the Americas: its two-letter code, its part of the Americas, and its place in
-- the alphabetical order of each language.
select
    code::varchar as code,
    iso2,
    subregion,
    row_number() over (order by name_en collate en, code) as place_en,
    row_number() over (order by name_es collate es, code) as place_es,
    row_number() over (order by name_pt collate pt, code) as place_pt,
    row_number() over (order by name_fr collate fr, code) as place_fr
from codelist.area
where is_oas
order by code;
