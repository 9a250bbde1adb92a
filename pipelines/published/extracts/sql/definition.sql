-- One row per state and code in its figures, without areas: the name in one language, and the
-- definition in English.
-- dimension: Column that holds the code.
with figure as (
    select
        country, indicator, sex, age, exploitation, citizenship, counterpart_role, breakdown,
        unnest(string_split(obs_status, ';')) as obs_status,
        unit_measure, count_unit, time_basis, def_scope
    from published.observation
    semi join (from main.source where redistribute) as free using (source)
),
used as (
    select distinct *
    from (unpivot figure on columns(* exclude (country)) into name dimension value code)
),
list as (
    select 'indicator' as dimension, code, name_{language} as name, definition
    from codelist.indicator
    union all
    select 'sex', code, name_{language}, definition from codelist.sex
    union all
    select 'age', code, name_{language}, definition from codelist.age
    union all
    select 'exploitation', code, name_{language}, definition from codelist.exploitation
    union all
    select 'citizenship', code, name_{language}, definition from codelist.citizenship
    union all
    select 'counterpart_role', code, name_{language}, definition from codelist.counterpart_role
    union all
    select 'breakdown', code, name_{language}, definition from codelist.breakdown
    union all
    select 'obs_status', code, name_{language}, definition from codelist.obs_status
    union all
    select 'unit_measure', code, name_{language}, definition from codelist.unit_measure
    union all
    select 'count_unit', code, name_{language}, definition from codelist.count_unit
    union all
    select 'time_basis', code, name_{language}, definition from codelist.time_basis
    union all
    select 'def_scope', code, name_{language}, definition from codelist.def_scope
)
select country, dimension, code, name, definition
from used
join list using (dimension, code)
order by all;
