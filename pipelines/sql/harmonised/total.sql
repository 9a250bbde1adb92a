-- One row per source, release, state, indicator and year: all sexes, ages, forms, citizenships.
create view harmonised.total as
select *
from harmonised.observation
where
    freq = 'A'
    and sex = '_T'
    and age = '_T'
    and exploitation = '_T'
    and citizenship = '_T'
    and counterpart_role = '_Z'
    and breakdown = '_T';
