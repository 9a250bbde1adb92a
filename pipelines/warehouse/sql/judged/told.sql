-- One row per state, source, way of dividing and year: what is told of who the detected victims are by
-- the source of the newest figure and by that of the long series, for the last year of each and those
-- before it that are not too old ({parameter.most_years_of_parts} years).
-- is_of_newest: Whether the source is that of the newest figure.
-- split: SEX_AGE, SEX, AGE, FORM or CITIZENSHIP.
-- facet: person, form or citizenship: what the way of dividing tells of the victims.
-- total: The year's total.
-- told: Share of the total that named groups make up, suppressed ones at their least. With doubtful
--   figures, where these make the groups exceed the total; but for forms, which may overlap.
-- is_told: Whether enough of the total is told, and not more than all of it.
-- largest: The largest exact group: its code and figure.
-- is_named: Whether a sentence may name it: enough is told, the group is a real one, and nothing that
--   is not told could make another group larger.
-- made_after: rules and statistics
create table judged.told as
with last_year as (
    -- The newest figure, and the last one of the series, which may be of another source.
    select
        source, ref_area, indicator, time_basis, max(year) as year, bool_or(is_last) as is_of_newest
    from judged.figure
    where is_cited and indicator = 'VIC_DETECT'
    group by all
),
total as (
    select own.*, is_of_newest
    from judged.figure as own
    join last_year using (source, ref_area, indicator, time_basis)
    where own.may_stand and own.year > last_year.year - parameter.most_years_of_parts()
),
ranked as (
    select
        *,
        row_number() over (
            partition by source, ref_area, indicator, time_basis, year, split
            order by value desc nulls last, lower desc, code
        ) as place
    from judged.victim_part
    where not is_doubtful
),
every as (
    select source, ref_area, indicator, time_basis, year, split, sum(lower) as every
    from judged.victim_part
    group by all
),
summed as (
    select
        source, ref_area, indicator, time_basis, year, split,
        sum(lower) as known,
        max({'lower': lower, 'code': code, 'value': value}) filter (place = 1) as largest,
        max(lower) filter (place > 1) as second
    from ranked
    group by all
)
select
    source, ref_area, indicator, time_basis, year, is_of_newest, split,
    case split when 'FORM' then 'form' when 'CITIZENSHIP' then 'citizenship' else 'person' end as facet,
    {'value': total.value, 'lower': total.lower, 'upper': total.upper} as total,
    case when split <> 'FORM' and every > total.upper then every else known end
    / nullif(total.upper, 0) as told,
    told between parameter.told_share() and 1 as is_told,
    {'code': largest.code, 'value': largest.value} as largest,
    is_told
    and largest.value is not null
    and largest.value > coalesce(second, 0) + greatest(total.upper - known, 0)
    and largest.code not in ('_O', 'OTH')
    and not starts_with(largest.code, '_O')
    and (
        facet <> 'citizenship'
        or largest.code = 'NAT'
        or largest.code in (select code from codelist.area)
    ) as is_named
from total
join summed using (source, ref_area, indicator, time_basis, year)
join every using (source, ref_area, indicator, time_basis, year, split);
