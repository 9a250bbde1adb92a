-- $rows invented events of victims, from $seed: HTCDS's fields with labels in Spanish. Every draw is
-- a hash of the seed and of the person's or the row's number. Every fifth row is a later event of the
-- person above; about one row in fifty has a fault: blank, an impossible date, age, sex or year of
-- birth. No real person is in it.
with numbered as (
    select i, case when i % 5 = 4 then i - 1 else i end as person from range($rows) as t(i)
),
drawn as (
    select
        i, person,
        list_transform(range(7), lambda n: hash($seed, person, n) % 1000003 / 1000003.0) as p,
        list_transform(range(4), lambda n: hash($seed, i, 10 + n) % 1000003 / 1000003.0) as r
    from numbered
),
described as (
    select
        i, 'V-' || lpad(person::varchar, 7, '0') as id,
        case when r[4] < 0.02 then floor(r[4] * 250)::int end as fault,
        (2018 + floor(r[1] * 4)::int) || '-' || lpad((1 + floor(r[2] * 12)::int)::varchar, 2, '0')
        || '-' || lpad((1 + floor(r[3] * 28)::int)::varchar, 2, '0') as day,
        case when p[1] < 0.7 then 'Actual' when p[1] < 0.95 then 'Possible' else 'NotA' end as status,
        case
            when p[2] < 0.31 then 'Ciudad de México' when p[2] < 0.57 then 'Chiapas'
            when p[2] < 0.78 then 'Puebla' when p[2] < 0.94 then 'Jalisco' else 'Tlaxcala'
        end as area,
        case
            when p[3] < 0.66 then 'Mujer' when p[3] < 0.96 then 'Hombre' when p[3] < 0.99 then 'Otro'
            else ''
        end as sex,
        case
            when p[4] < 0.33 then 3 + floor(p[4] * 45) when p[4] < 0.67 then floor(18 + p[5] * 43)
            else floor(18 + p[5] * 18)
        end::int as years,
        case when p[4] between 0.5 and 0.55 then '' else years::varchar end as age,
        case
            when p[6] < 0.5 then 'SexualExploitation' when p[6] < 0.77 then 'ForcedLabour'
            when p[6] < 0.85 then 'ForcedBegging' when p[6] < 0.9 then 'Servitude'
            when p[6] < 0.94 then 'SexualExploitation;ForcedLabour'
            when p[6] < 0.97 then 'ForcedMarriage' when p[6] < 0.98 then 'OrganRemoval' else ''
        end as form,
        case
            when p[7] < 0.7 then 'MEX' when p[7] < 0.81 then 'HND' when p[7] < 0.89 then 'GTM'
            when p[7] < 0.94 then 'VEN' when p[7] < 0.98 then 'COL' else ''
        end as country
    from drawn
)
select
    if(fault = 0, '', id) as "prs_ID",
    if(fault = 0, '', 'C-' || lpad(i::varchar, 7, '0')) as "cas_ID",
    case fault when 0 then '' when 1 then '31/13/2019' else day end as "cas_DateIdentified",
    case fault when 0 then '' when 4 then '1901' else (2020 - years)::varchar end as anio_nacimiento,
    if(fault = 0, '', status || 'VictimOfTrafficking') as "vic_TraffickingStatus",
    if(fault = 0, '', area) as "cas_Subdivision",
    case fault when 0 then '' when 3 then if(sex = 'Mujer', 'Hombre', 'Mujer') else sex end as "prs_Gender",
    case fault when 0 then '' when 2 then '999' else age end as "vic_AgeWhenTrafficked",
    if(fault = 0, '', form) as "vic_TypeOfExploitation",
    if(fault = 0, '', country) as "prs_Citizenship"
from described
order by i
