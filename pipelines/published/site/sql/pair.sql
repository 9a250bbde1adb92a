-- One row per state, indicator, year and pair of sources that both have its total, with what is said
-- of each figure; a source may have two of a year, of two kinds of year.
-- is_same: Whether both are exact and the same.
-- differs_in: What may explain a difference, joined by a semicolon.
select
    source,
    other_source,
    ref_area,
    indicator,
    year,
    release,
    other_release,
    ratio,
    agrees,
    coalesce(value = other_value, false) as is_same,
    coll_method,
    other_coll_method,
    def_scope,
    other_def_scope,
    time_basis,
    other_time_basis,
    is_reprint,
    array_to_string(differs_in, ';') as differs_in
from published.discrepancy
where ref_area in (select code from codelist.area)
order by all;
