-- One row per state, way of dividing and year: what the source of the newest figure of detected
-- victims tells of who they are, for the newest figure's year and those before it that are not too
-- old ({parameter.most_years_of_parts} years).
-- newest_year: Year of the newest figure.
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
create view judged.told as
with newest as (
    from judged.figure
    where is_last and indicator = 'VIC_DETECT'
),
total as (
    select own.*, newest.year as newest_year
    from judged.figure as own
    join newest using (source, ref_area, indicator, time_basis)
    where own.may_stand and own.year > newest.year - parameter.most_years_of_parts()
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
    source, ref_area, indicator, time_basis, year, newest_year, split,
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
