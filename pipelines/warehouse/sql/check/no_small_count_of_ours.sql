-- a count of persons whose small counts we hide is below the threshold of its detail
select observation.source, observation.release, ref_area, indicator, time_period
from harmonised.observation
join main.source using (source)
join codelist.indicator as list on list.code = indicator
where
    source.threshold > 0
    -- counted from records, areas and crossings but sex by age are detail: threshold 10
    and value < case
        when not ends_with(source, '_case_records') then source.threshold
        when contains(ref_area, '-') then 10
        when list_count(
            list_filter([sex, age, exploitation, citizenship], lambda code: code != '_T')
        ) < 2 then source.threshold
        when exploitation = '_T' and citizenship = '_T' then source.threshold
        else 10
    end
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
