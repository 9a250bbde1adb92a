-- One row per source, release, area, indicator and year: all sexes, ages, forms, citizenships.
create view harmonised.total as
select *
from harmonised.observation
where is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown);
