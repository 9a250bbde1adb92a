-- One row per state and source with a row on the state or on one of its subdivisions, published,
-- hidden or kept out, or which a sentence on the state cites.
with known as (
    select ref_area, source from harmonised.observation
    union
    select ref_area, source from main.quarantine
    union
    select area as ref_area, unnest(sources) as source from published.answer
)
select distinct coalesce(country, ref_area) as ref_area, source
from known
left join codelist.subdivision on subdivision.code = known.ref_area
where coalesce(country, ref_area) is not null
order by all;
