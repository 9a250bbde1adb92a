-- Whether the year of a figure was inferred, since its source names none.
create macro main.is_year_inferred(comment) as
    coalesce(contains(comment, 'YEAR_INFERRED'), false);
