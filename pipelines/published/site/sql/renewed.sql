-- One row per state with a yearly total in a release that changed figures of an earlier one.
select distinct ref_area::varchar as ref_area
from harmonised.observation
semi join published.revision using (source, release)
where
    is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
    and ref_area in (select code from codelist.area)
order by ref_area;
