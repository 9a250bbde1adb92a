-- Questions of docs/query-guide.md asked of plain tables, by who knows which release holds and which
-- cell is a total. A paragraph each; its columns are some of the guide's, with the same figures.

-- 1
select time_period::integer as year, value, lower, upper
from harmonised.observation
where source = 'int_unodc_glotip' and release = '2025-12-31'
    and indicator = 'VIC_DETECT' and ref_area = 'BRA' and freq = 'A' and sex = '_T' and age = '_T'
    and exploitation = '_T' and citizenship = '_T' and counterpart_role = '_Z' and breakdown = '_T';

-- 2
select now.time_period::integer as year, known.value as known_then, now.value as known_now
from harmonised.observation as now
left join harmonised.observation as known
    on known.source = now.source and known.release = '2023-05-30'
    and known.ref_area = now.ref_area and known.indicator = now.indicator
    and known.time_period = now.time_period and known.freq = now.freq and known.sex = now.sex
    and known.age = now.age and known.exploitation = now.exploitation
    and known.citizenship = now.citizenship and known.counterpart_role = now.counterpart_role
    and known.breakdown = now.breakdown
where now.source = 'int_unodc_glotip' and now.release = '2025-12-31'
    and now.indicator = 'VIC_DETECT' and now.ref_area = 'SLV' and now.time_period >= '2018'
    and now.freq = 'A' and now.sex = '_T' and now.age = '_T' and now.exploitation = '_T'
    and now.citizenship = '_T' and now.counterpart_role = '_Z' and now.breakdown = '_T';

-- 4
select count(*) as years, count(*) - count(value) as suppressed,
    sum(lower) as least, sum(upper) as greatest
from harmonised.observation
where source = 'int_unodc_glotip' and release = '2025-12-31'
    and ref_area in ('ATG', 'BHS', 'BRB', 'LCA', 'SUR', 'TTO') and time_period >= '2013'
    and indicator = 'VIC_DETECT' and freq = 'A' and sex = '_T' and age = '_T'
    and exploitation = '_T' and citizenship = '_T' and counterpart_role = '_Z' and breakdown = '_T'
group by ref_area;

-- 5
select time_period::integer as year, any_value(observation.value) as numerator, sum(resident.value) as population,
    round(100000 * any_value(observation.value) / sum(resident.value), 2) as rate
from harmonised.observation
join main.population as resident using (ref_area, time_period)
where observation.source = 'int_unodc_glotip' and observation.release = '2025-12-31'
    and indicator = 'VIC_DETECT' and ref_area = 'TTO' and time_period >= '2017' and freq = 'A'
    and observation.sex = '_T' and observation.age = '_T' and exploitation = '_T'
    and citizenship = '_T' and counterpart_role = '_Z' and breakdown = '_T'
group by time_period;

-- 7
select time_period::integer as year,
    max(value_raw) filter (indicator = 'PER_CONTACT') as suspected_raw,
    max(value_raw) filter (indicator = 'PER_PROSEC') as prosecuted_raw,
    max(value_raw) filter (indicator = 'PER_CONVICT') as convicted_raw
from harmonised.observation
where source = 'int_unodc_glotip' and release = '2025-12-31' and ref_area = 'COL'
    and indicator in ('PER_CONTACT', 'PER_PROSEC', 'PER_CONVICT') and time_period >= '2016'
    and freq = 'A' and sex = '_T' and age = '_T' and exploitation = '_T' and citizenship = '_T'
    and counterpart_role = '_Z' and breakdown = '_T'
group by time_period;
