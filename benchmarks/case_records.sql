-- $rows invented events of victims, in HTCDS's fields and labels: no real person is in them. Every
-- field is a hash of the row's or the victim's number, so the same rows come with any number of
-- threads. Every fifth row is a later event of the victim above; about one in two hundred is faulty.
with drawn as (
    select
        i, (i * 4) // 5 as victim,
        list_transform(range(8), lambda n: hash((i * 4) // 5, n) % 1000003 / 1000003.0) as of_victim,
        hash(i, 8) % 1000003 / 1000003.0 as of_day, hash(i, 9) % 1000003 / 1000003.0 as of_fault
    from range($rows) t(i)
)
select
    'V-' || lpad(victim::varchar, 10, '0') as prs_ID,
    'C-' || lpad(i::varchar, 10, '0') as cas_ID,
    case
        when of_fault < 0.002 then '31/13/2019'
        else strftime(date '2010-01-01' + (of_day * 5478)::int, '%Y-%m-%d')
    end as cas_DateIdentified,
    'Area ' || (floor(power(of_victim[1], 2.2) * 32) + 1)::int as cas_Subdivision,
    case
        when of_fault between 0.002 and 0.003 then 'Masculine '
        when of_victim[2] < 0.66 then 'Feminine' when of_victim[2] < 0.95 then 'Masculine'
        when of_victim[2] < 0.97 then 'NonConforming' else 'NonSpecifiedUnknown'
    end as prs_Gender,
    case
        when of_fault between 0.003 and 0.004 then '999' when of_victim[3] < 0.06 then ''
        when of_victim[3] < 0.32 then (floor(3 + of_victim[3] * 46))::int::varchar
        else (floor(18 + power((of_victim[3] - 0.32) / 0.68, 2) * 45))::int::varchar
    end as vic_AgeWhenTrafficked,
    case
        when of_fault between 0.004 and 0.005 then '1901'
        else (1970 + floor(of_victim[3] * 30)::int)::varchar
    end as birth_year,
    case
        when of_victim[4] < 0.52 then 'SexualExploitation' when of_victim[4] < 0.80 then 'ForcedLabour'
        when of_victim[4] < 0.86 then 'ForcedBegging' when of_victim[4] < 0.90 then 'Servitude'
        when of_victim[4] < 0.93 then 'SexualExploitation;ForcedLabour'
        when of_victim[4] < 0.95 then 'ForcedMarriage' when of_victim[4] < 0.98 then 'Other' else ''
    end as vic_TypeOfExploitation,
    case
        when of_victim[5] < 0.7 then 'MEX' when of_victim[5] < 0.8 then 'HND'
        when of_victim[5] < 0.9 then 'GTM' when of_victim[5] < 0.97 then 'VEN' else ''
    end as prs_Citizenship,
    case
        when of_victim[6] < 0.7 then 'ActualVictimOfTrafficking'
        when of_victim[6] < 0.95 then 'PossibleVictimOfTrafficking'
        else 'NotAVictimOfTrafficking'
    end as vic_TraffickingStatus
from drawn
