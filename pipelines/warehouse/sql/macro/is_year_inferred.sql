-- Whether the comment of a figure says that its source names no year, so that it was inferred.
create macro main.is_year_inferred(comment) as
    coalesce(contains(comment, 'YEAR_INFERRED'), false);
