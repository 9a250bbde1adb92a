-- One row per question that is asked of all states together.
-- question: What is asked (codelist.question).
-- form: Which kind of answer it is.
-- sources: Sources of all figures of the answer; empty for those of all series that are put together.
-- args: Codes and numbers of the answer by name; see published.answer.
-- made_after: rules and statistics
create view judged.together as
with every_year as (
    -- The newest year, with the first one since when the sum has not gone on as it did over all.
    select
        newest.*, min(earlier.year) as since_year, min_by(earlier.lower, earlier.year) as since_sum
    from (
        from published.region_change
        where indicator = 'VIC_DETECT' and comparison = 'EVERY_YEAR'
        qualify row_number() over (order by year desc) = 1
    ) as newest
    left join published.region_change as earlier
        on earlier.indicator = newest.indicator
        and earlier.comparison = newest.comparison
        and earlier.year > newest.year_before
        and earlier.year < newest.year
        and case
            when newest.change_lower < 0 then earlier.lower <= newest.lower
            else earlier.lower >= newest.lower
        end
    group by all
),
of_region as (
    select
        'HAPPENED' as question, 'POOLED' as form, indicator, null::integer as year, sources,
        to_json({'compared': compared, 'doubled': doubled, 'halved': halved}) as args
    from published.region
    where indicator = 'VIC_DETECT'
    union all by name
    select
        'EVIDENCE' as question, lean as form, indicator, null::integer as year, sources,
        to_json({
            'tested': tested,
            'leaning': greatest(up, down),
            'least': parameter.least_years_of_trend(),
            'alone': len(alone),
            'only': {'area': alone[1]}
        }) as args
    from published.region
    where indicator = 'VIC_DETECT'
    union all by name
    select
        'SAME_STATES' as question, direction as form, indicator, year, sources,
        to_json({
            'states': states,
            'first_year': {'year': year_before, 'time_basis': 'CY'},
            'first': {'number': before_lower},
            'year': {'year': year, 'time_basis': 'CY'},
            'newest': {'number': lower},
            'size': {'number': abs(round(change_lower))},
            'way': case when round(change_lower) < 0 then 'fewer' else 'more' end,
            'since': case when since_year is null then 'none' else 'known' end,
            'since_year': {'year': since_year, 'time_basis': 'CY'},
            'since_sum': {'number': since_sum},
            'left_out_lower': {'number': round(left_out_lower)},
            'left_out_upper': {'number': round(left_out_upper)}
        }) as args
    from every_year
    union all by name
    select
        'JUSTICE' as question, 'POOLED' as form, 'PER_PROSEC' as indicator, null::integer as year,
        to_json({
            'prosecuted_compared': any_value(compared) filter (indicator = 'PER_PROSEC'),
            'prosecuted_doubled': any_value(doubled) filter (indicator = 'PER_PROSEC'),
            'convicted_compared': any_value(compared) filter (indicator = 'PER_CONVICT'),
            'convicted_doubled': any_value(doubled) filter (indicator = 'PER_CONVICT')
        }) as args
    from published.region
    where indicator in ('PER_PROSEC', 'PER_CONVICT')
    having count(*) = 2
    union all by name
    select
        'NEED' as question, 'HAVING' as form, 'VIC_DETECT' as indicator, year,
        to_json({
            'year': {'year': year, 'time_basis': 'CY'},
            'having': count(distinct ref_area),
            'states': (select count(*) from judged.state)
        }) as args
    from judged.figure
    where
        indicator = 'VIC_DETECT'
        and is_cited
        and may_stand
        and year = (
            select max(year)
            from judged.figure
            where indicator = 'VIC_DETECT' and is_cited
        )
    group by year
),
changed as (
    -- The nearer end of a ratio: as many times the first level, at least.
    select
        change_group = 'DOUBLED' as is_rise,
        case change_group when 'DOUBLED' then ratio_lower else ratio_upper end as ratio,
        ref_area, source,
        {
            'area': ref_area,
            'ratio': ratio,
            'is_exact': ratio_lower = ratio_upper
        } as change
    from published.trend
    semi join judged.pooled using (source, ref_area, indicator, time_basis)
    where indicator = 'VIC_DETECT' and change_group in ('DOUBLED', 'HALVED') and ratio > 0
    qualify
        row_number() over (
            partition by is_rise
            order by abs(ln(ratio)) desc, ref_area
        ) <= parameter.states_of_extremes()
)
from of_region
union all by name
select
    'WHO' as question, 'POOLED' as form, indicator, year, sources,
    to_json({
        'states': states,
        'year': {'year': year, 'time_basis': 'CY'},
        'women': any_value(share) filter (sex = 'F' and age = 'Y_GE18'),
        'men': any_value(share) filter (sex = 'M' and age = 'Y_GE18'),
        'girls': any_value(share) filter (sex = 'F' and age = 'Y0T17'),
        'boys': any_value(share) filter (sex = 'M' and age = 'Y0T17')
    }) as args
from published.region_group
where indicator = 'VIC_DETECT' and facet = 'person'
group by indicator, year, sources, states
union all by name
select
    'EACH_STATE' as question, 'POOLED' as form, 'VIC_DETECT' as indicator, null::integer as year,
    list_sort(list(distinct source)) as sources,
    to_json({
        'rose': coalesce(list(change order by ratio desc, ref_area) filter (is_rise), []),
        'fell': coalesce(list(change order by ratio, ref_area) filter (not is_rise), []),
        'both': case when count(distinct is_rise) = 2 then 'yes' else 'no' end
    }) as args
from changed
having count(*) > 0;
