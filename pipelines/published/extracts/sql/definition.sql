-- One row per state and code in its figures, without areas.
-- dimension: Column that holds the code.
with figure as (
    select
        country, indicator, sex, age, exploitation, citizenship, counterpart_role, breakdown,
        unnest(string_split(obs_status, ';')) as obs_status,
        unit_measure, count_unit, time_basis, def_scope
    from published.observation
    semi join (from main.source where redistribute) as free using (source)
)
select distinct *
from (unpivot figure on columns(* exclude (country)) into name dimension value code)
order by all;
