-- One row per state of the Americas.
-- area: State, ISO 3166-1 alpha-3.
create view judged.state as
select code as area
from codelist.area
where is_oas;
