-- Counts of persons that states reported in the questionnaire, in all releases. One row per figure;
-- columns: source, release, time_period, the cell, lower, upper (infinity if open).
select
    observation.source, observation.release, time_period::varchar as time_period,
    indicator::varchar as indicator, '_T' as ref_area, sex::varchar as sex, age::varchar as age,
    exploitation::varchar as exploitation, citizenship::varchar as citizenship,
    lower, coalesce(upper, 'infinity'::double) as upper
from harmonised.observation
join codelist.indicator as list on list.code = indicator
where
    ends_with(observation.source, '_national_report')
    and lower is not null
    and list.unit_measure = 'NUMBER'
    and list.role not in ('CASE', 'OFFICIAL', 'STATE')
order by all;
