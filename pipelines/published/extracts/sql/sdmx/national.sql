-- One row per state, indicator and year: the series to cite, if it may be passed on; see figure.sql.
-- `said` are the remarks on figures to cite, in words.
select
    *,
    'A' as freq
from ({figure}) as figure
join (select code as indicator, unit_measure, count_unit from codelist.indicator) as unit
    using (indicator)
left join said using (source, ref_area, indicator, time_basis, year)
