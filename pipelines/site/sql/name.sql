-- One row per code of the lists whose names stand on the pages.
with name as (
    select 'area' as codelist, code, name_en, name_es, name_pt, name_fr from codelist.area
    union all
    select 'indicator', code, name_en, name_es, name_pt, name_fr from codelist.indicator
    union all
    select 'break_reason', code, name_en, name_es, name_pt, name_fr from codelist.break_reason
    union all
    select 'obs_status', code, name_en, name_es, name_pt, name_fr from codelist.obs_status
    union all
    select 'time_basis', code, name_en, name_es, name_pt, name_fr from codelist.time_basis
)
select codelist, code::varchar as code, name_en, name_es, name_pt, name_fr
from name
order by codelist, code;
