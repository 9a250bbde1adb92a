-- One row per state, report year and code: what the report says under the code.
select ref_area, report_year, code, standing
from published.assessment_state
order by ref_area, report_year, list_position((select list(code) from codelist.assessment_code), code);
