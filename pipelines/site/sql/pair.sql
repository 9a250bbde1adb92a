-- One row per state, indicator, year and pair of sources that both have its total, with the kind of
-- year of each, since a source may have two.
-- differs_in: What may explain a difference, joined by a semicolon.
select
    pair.source,
    pair.other_source,
    pair.ref_area,
    pair.indicator,
    one.time_basis,
    other.time_basis as other_time_basis,
    pair.time_period::integer as year,
    pair.release,
    pair.other_release,
    pair.ratio,
    pair.agrees,
    array_to_string(pair.differs_in, ';') as differs_in
from published.discrepancy as pair
join published.headline as one
    on one.source = pair.source
    and one.ref_area = pair.ref_area
    and one.indicator = pair.indicator
    and one.time_period = pair.time_period
    and one.value_raw = pair.value_raw
join published.headline as other
    on other.source = pair.other_source
    and other.ref_area = pair.ref_area
    and other.indicator = pair.indicator
    and other.time_period = pair.time_period
    and other.value_raw = pair.other_value_raw
where
    pair.ref_area in (select code from codelist.area)
    and list_contains(pair.differs_in, 'kind of year') = (one.time_basis <> other.time_basis)
order by all;
