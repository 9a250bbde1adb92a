-- Whether a cell is a year's total: all sexes, ages, forms, citizenships, no further breakdown.
create macro main.is_headline(
    freq, sex, age, exploitation, citizenship, counterpart_role, breakdown
) as
    freq = 'A'
    and sex = '_T'
    and age = '_T'
    and exploitation = '_T'
    and citizenship = '_T'
    and counterpart_role = '_Z'
    and breakdown = '_T';
