-- Whether an age is one of those that add up to all ages, or all ages.
create macro main.is_broad_age(given) as
    given = '_T' or given in (select list.code from codelist.age as list where list.additive);
