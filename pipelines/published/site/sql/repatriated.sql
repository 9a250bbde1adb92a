-- One row per source, state and year: victims repatriated from all other countries, with columns of
-- sql/figure.sql. This total has a counterpart area, so it is not a headline figure.
select
    observation.source,
    release,
    ref_area,
    observation.indicator,
    time_basis,
    year,
    value,
    upper,
    obs_status,
    conf_status,
    reason as break_reason,
    count_unit,
    unit_measure
from published.observation
left join main.series_break
    using (source, ref_area, indicator, time_period)
where
    counterpart_role = 'REPAT'
    and counterpart_area = '_T'
    and is_headline(freq, sex, age, exploitation, citizenship, '_Z', breakdown)
    and ref_area in (select code from codelist.area)
order by all;
