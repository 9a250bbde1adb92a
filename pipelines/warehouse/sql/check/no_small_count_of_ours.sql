-- a count of persons whose small counts we hide is below the threshold
select observation.source, observation.release, ref_area, indicator, time_period
from harmonised.observation
join main.source using (source)
join codelist.indicator as list on list.code = indicator
where
    source.threshold > 0
    and value < source.threshold
    and list.unit_measure = 'NUMBER'
    and list.role not in ('CASE', 'OFFICIAL', 'STATE')
    -- of figures of authorities zeros are printed, and persons of whom something is not known; so is
    -- what a state has published elsewhere: the locator has its address
    and not (
        (ends_with(source, '_case_records') or ends_with(source, '_national_report'))
        and (
            value = 0
            or '_U' in (sex, age, exploitation, citizenship)
            or contains(locator, 'published at https://')
        )
    );
