-- A total and its parts in words, and the persons of unknown sex and age if there are any.
create macro main.sum_text(
    total_lower, total_upper, parts_lower, parts_upper, unknown_lower, unknown_upper
) as
    concat(
        'total ', interval_text(total_lower, total_upper), ', parts ',
        interval_text(parts_lower, parts_upper),
        case when unknown_upper > 0
            then ', unknown ' || interval_text(unknown_lower, unknown_upper) end
    );
