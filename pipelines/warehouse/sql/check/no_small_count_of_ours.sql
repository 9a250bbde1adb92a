-- a count that we made from records of persons is below the threshold
select observation.source, ref_area, indicator, time_period
from harmonised.observation
join main.source using (source)
where
    source.threshold > 0 and value < source.threshold
    -- an authority's plan may print zeros of its case records, which the certificate covers
    and not (value = 0 and ends_with(source, '_case_records'));
