-- One row per question that is asked of all states together.
-- question: What is asked (codelist.question).
-- form: Which kind of answer it is.
-- sources: Sources of all figures of the answer; empty for those of all series that are put together.
-- args: Codes and numbers of the answer by name; see published.answer.
-- made_after: rules and statistics
create view judged.together as
with of_region as (
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
            'left_out_lower': {'number': round(left_out_lower)},
            'left_out_upper': {'number': round(left_out_upper)}
        }) as args
    from published.region_change
    where indicator = 'VIC_DETECT' and comparison = 'EVERY_YEAR'
    qualify row_number() over (order by year desc) = 1
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
who_of_region as (
    -- States that tell sex and age of most of their victims of the newest year of enough states.
    select
        told.year, count(distinct told.ref_area) as states,
        sum(lower) as known,
        sum(lower) filter (sex = 'F' and age = 'Y_GE18') as women,
        sum(lower) filter (sex = 'M' and age = 'Y_GE18') as men,
        sum(lower) filter (sex = 'F' and age = 'Y0T17') as girls,
        sum(lower) filter (sex = 'M' and age = 'Y0T17') as boys
    from (
        from judged.told
        semi join judged.pooled using (source, ref_area, indicator, time_basis)
        where split = 'SEX_AGE' and is_told
    ) as told
    join harmonised.current_text as own using (source, ref_area, indicator, time_basis, year)
    where
        own.freq = 'A'
        and own.counterpart_role = '_Z'
        and own.breakdown = '_T'
        and own.sex in ('F', 'M')
        and own.age in ('Y_GE18', 'Y0T17')
        and (own.exploitation, own.citizenship) = ('_T', '_T')
        and lower is not null
    group by told.year
    having states >= parameter.states_of_ask()
    qualify row_number() over (order by told.year desc) = 1
)
from of_region
union all by name
select
    'WHO' as question, 'POOLED' as form, 'VIC_DETECT' as indicator, year,
    to_json({
        'states': states,
        'year': {'year': year, 'time_basis': 'CY'},
        'women': round(100 * women / known)::integer,
        'men': round(100 * men / known)::integer,
        'girls': round(100 * girls / known)::integer,
        'boys': round(100 * boys / known)::integer
    }) as args
from who_of_region;
