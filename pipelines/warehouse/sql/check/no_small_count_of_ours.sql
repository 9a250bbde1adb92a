-- a count of persons whose small counts we hide is below the threshold
select observation.source, ref_area, indicator, time_period
from harmonised.observation
join main.source using (source)
join codelist.indicator as list on list.code = indicator
where
    source.threshold > 0
    and value < source.threshold
    and list.unit_measure = 'NUMBER'
    and list.role not in ('CASE', 'OFFICIAL', 'STATE')
    -- an authority's plan may print zeros of its case records, which the certificate covers
    and not (value = 0 and ends_with(source, '_case_records'));
