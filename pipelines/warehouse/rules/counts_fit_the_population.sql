-- severity: WARN
-- kind: size
-- title: No count above {parameter.least_count_beside_population} exceeds {parameter.most_per_100000} per 100,000 inhabitants
with inhabitants as (
    select ref_area, time_period, sum(value) as persons
    from main.population
    where release = (select max(release) from main.population)
    group by all
)
select
    observation.source, observation.release, observation.ref_area, observation.indicator, freq,
    time_basis, observation.time_period, sex, age, exploitation, citizenship, counterpart_role,
    counterpart_area, breakdown,
    concat_ws(' ', sex, age, exploitation, citizenship) as subject,
    case
        when persons is null then 'untestable'
        when observation.value / persons > parameter.most_per_100000() / 1e5 then 'implausible'
        else 'holds'
    end as verdict,
    observation.value::bigint || ' of ' || persons::bigint || ' inhabitants' as detail
from harmonised.observation
join codelist.indicator on indicator.code = observation.indicator and unit_measure = 'NUMBER'
left join inhabitants
    on inhabitants.ref_area = observation.ref_area
    and inhabitants.time_period = observation.time_period
where observation.value > parameter.least_count_beside_population();
