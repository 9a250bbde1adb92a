-- One row per state of the Americas: its two-letter code.
select code::varchar as code, iso2
from codelist.area
where is_oas
order by code;
