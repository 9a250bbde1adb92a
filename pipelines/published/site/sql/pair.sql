-- One row per state, indicator, year and pair of sources that both have its total, with the metadata
-- of both figures. A source may have two figures of a year, for two kinds of year.
-- differs_in: Likely explanations of a difference, joined by a semicolon.
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
