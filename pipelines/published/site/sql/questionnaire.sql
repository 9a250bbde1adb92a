-- The newest year of which states were asked in the questionnaire: how many were, how many answered.
select
    year,
    count(distinct ref_area) as asked,
    count(distinct ref_area) filter (answered) as answered
from main.questionnaire
left join (
    select distinct ref_area::varchar as ref_area, year, true as answered
    from published.observation
    where ends_with(source, '_national_report')
) using (ref_area, year)
group by year
order by year desc
limit 1;
