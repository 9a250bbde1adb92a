-- One row per figure of SDG indicator 16.2.2 that may be passed on, in Open SDG's data format:
-- Year first, Value last, blank for a total. "Observation status" has the reason for a blank value.
-- Each source and kind of year is a series of its own: Open SDG shows one series at a time, so that
-- they never share a line. Without what only others repeat. Source and release are for the citation, and are not written.
select
    time_period::integer as "Year",
    unit_measure_name as "Units",
    indicator_name || ' (' || publisher || ', ' || title || '; ' || time_basis_name || ')' as "Series",
    country_name as "Country",
    if(sex = '_T', null, sex_name) as "Sex",
    if(age = '_T', null, age_name) as "Age",
    if(exploitation = '_T', null, exploitation_name) as "Form of exploitation",
    if(
        has_status(obs_status, 'Q'),
        obs_status_name || ': ' || value_raw,
        obs_status_name
    ) as "Observation status",
    value as "Value",
    source,
    release
from published.named('published.observation', 'en')
join (select source, title from main.source where redistribute) as free using (source)
where
    indicator in ('VIC_DETECT', 'VIC_DETECT_RATE')
    and freq = 'A'
    and ref_area = country
    and citizenship = '_T'
    and counterpart_role = '_Z'
    and breakdown = '_T'
    and provenance <> 'REPEATED'
order by
    country, source, indicator, time_basis, sex <> '_T', sex, age <> '_T', age, exploitation <> '_T',
    exploitation, time_period;
