-- One row per cited series and kind of newer figure that it does not have: of another source, of what
-- the police record, as a rate, or only repeated by others; and where there is none of another source,
-- but its own is newer for other states.
-- remark: NEWER_SOURCE, LATE, RECORDED_NEWER, INCIDENTS_NEWER, NEWER_REPEATED or NEWER_RATE.
-- year: Last year that is cited.
-- detail: Of a rate, whether it was read in the publisher's own file or in a copy of it
--   (codelist.provenance).
-- other_time_basis: Kind of year of the other figure.
-- other_year: Its year.
-- other_value: The other figure; empty if suppressed.
-- other_lower: Its least possible figure.
-- other_upper: Its greatest possible figure.
-- made_after: rules and statistics
create view judged.newer as
with cited as (
    select source, ref_area, indicator, time_basis, year, is_sum
    from judged.figure
    where is_last
),
newest as (
    select
        source, ref_area, indicator, time_basis, year, provenance, is_cited,
        {
            'source': source, 'indicator': indicator, 'time_basis': time_basis, 'year': year,
            'value': value, 'lower': lower, 'upper': upper
        } as other
    from judged.figure
    where may_stand
),
own as (
    from newest
    where provenance <> 'REPEATED'
    qualify row_number() over (partition by ref_area, indicator order by year desc, source) = 1
),
repeated as (
    from newest
    where provenance = 'REPEATED'
    qualify
        row_number() over (
            partition by source, ref_area, indicator, time_basis order by year desc
        ) = 1
),
recorded as (
    from newest
    where is_cited and indicator in ('VIC_RECORDED', 'INC_RECORDED')
    qualify
        row_number() over (
            partition by ref_area order by indicator = 'VIC_RECORDED' desc, year desc
        ) = 1
),
due as (
    select
        source, indicator, max(year) as year,
        {'source': source, 'indicator': indicator, 'year': max(year)} as other
    from newest
    where provenance <> 'REPEATED'
    group by source, indicator
),
found as (
    select cited.*, 'NEWER_SOURCE' as remark, other
    from cited
    join own using (ref_area, indicator)
    where own.year > cited.year and own.source <> cited.source
    union all by name
    select cited.*, 'LATE' as remark, due.other
    from cited
    join due using (source, indicator)
    left join own on own.ref_area = cited.ref_area and own.indicator = cited.indicator
    where
        due.year > cited.year
        and not cited.is_sum
        and (own.year is null or own.year <= cited.year or own.source = cited.source)
    union all by name
    select cited.*, 'NEWER_REPEATED' as remark, repeated.other
    from cited
    join repeated using (source, ref_area, indicator, time_basis)
    left join own on own.ref_area = cited.ref_area and own.indicator = cited.indicator
    where
        repeated.year > cited.year
        and (own.source is null or own.source = cited.source or own.year < repeated.year)
    union all by name
    select
        cited.*,
        case recorded.indicator
            when 'VIC_RECORDED' then 'RECORDED_NEWER' else 'INCIDENTS_NEWER'
        end as remark,
        other
    from cited
    join recorded using (ref_area)
    where cited.indicator = 'VIC_DETECT' and recorded.year > cited.year
    union all by name
    select cited.*, 'NEWER_RATE' as remark, provenance as detail, other
    from cited
    join own using (ref_area)
    where
        cited.indicator = 'VIC_DETECT'
        and own.indicator = 'VIC_DETECT_RATE'
        and own.year > cited.year
)
select
    source, ref_area, indicator, time_basis, year, remark, detail,
    other.source as other_source, other.indicator as other_indicator,
    other.time_basis as other_time_basis, other.year as other_year, other.value as other_value,
    other.lower as other_lower, other.upper as other_upper
from found;
