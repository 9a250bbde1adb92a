-- One row per indicator that has a page: those with a national figure of enough states.
select indicator
from published.national_series
semi join (from codelist.area where is_oas) as state on state.code = ref_area
group by indicator
having count(distinct ref_area) >= parameter.states_of_indicator_page()
order by indicator;
