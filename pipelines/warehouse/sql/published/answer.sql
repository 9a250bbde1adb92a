-- One row per state, or the Americas, and question: the answer in codes and numbers. Pages, workbooks
-- and machines word it from here: published.sentence has it in words.
-- area: State, ISO 3166-1 alpha-3, or AMERICAS.
-- question: What is asked (codelist.question).
-- form: Which kind of answer it is; it chooses the words.
-- indicator: Indicator of the figure that is answered with; empty if there is none.
-- source: Its source.
-- year: Its year.
-- sources: Sources of all figures of the answer.
-- args: Codes and numbers of the answer by name, as JSON. A figure is an object of value, lower and
--   upper; a year one of year and time_basis; a source, an area or a number one with that
--   name; a code to be named one of codelist and code. What may be printed of a figure is decided where it becomes words.
-- caution: Caution on the figure that is said first (codelist.remark); empty if there is none.
-- made_after: rules and statistics
-- key: area, question
-- terms: sources
-- extract: csv
-- disclosure: none
create table published.answer as
with state as (
    select code as area
    from codelist.area
    where is_oas
),
newest as (
    select
        figure.*,
        {'value': value, 'lower': lower, 'upper': upper} as figure,
        {'year': year, 'time_basis': time_basis} as at
    from judged.figure
    where is_last
),
caution as (
    select
        ref_area as area, indicator, arg_min(remark, rank) as remark,
        list(remark) as remarks
    from published.remark
    where
        is_last
        and severity = 'caution'
        and scope in ('figure', 'definition')
        and (sex, age, exploitation, citizenship) = ('_T', '_T', '_T', '_T')
    group by all
),
counted as (
    -- What figures of a series count, where that is not what the indicator says.
    select ref_area as area, indicator, any_value(counts) as counts
    from published.remark
    join codelist.break_reason on break_reason.code = remark.detail
    where remark = 'COUNTS_INSTEAD' and is_last
    group by all
),
trend as (
    select trend.*
    from published.trend
    semi join published.national_series using (source, ref_area, indicator, time_basis)
),
absent as (
    select ref_area as area, indicator, remark, year
    from published.remark
    where severity = 'absent'
),
happened as (
    select
        state.area,
        case
            when shown.source is null then coalesce(absent.remark, 'NO_SOURCE')
            when change_size is null then 'NEWEST'
            else 'CHANGE'
        end as form,
        shown.indicator,
        shown.source,
        shown.year,
        list_distinct(list_filter([shown.source, trend.source], lambda each: each is not null))
            as sources,
        to_json({
            'counted': case shown.indicator
                when 'VIC_RECORDED' then 'RECORDED' else coalesce(counted.counts, 'DETECTED')
            end,
            'newest': shown.figure,
            'year': shown.at,
            'source': {'source': shown.source},
            'until': absent.year,
            'size': change_size,
            'times': case when change_size = 'TIMES' then floor(ratio_lower)::integer end,
            'start': {
                'value': case when level_first_lower = level_first_upper then level_first_lower end,
                'lower': level_first_lower, 'upper': level_first_upper
            },
            'level': {
                'value': case when level_last_lower = level_last_upper then level_last_lower end,
                'lower': level_last_lower, 'upper': level_last_upper
            },
            'is_level': case
                when
                    shown.indicator = 'VIC_DETECT'
                    and (shown.lower, shown.upper) = (level_last_lower, level_last_upper)
                    then 'yes'
                else 'no'
            end,
            'extreme': case
                when
                    extreme_period is null
                    or extreme_period::integer >= detected.year
                    or shown.indicator <> 'VIC_DETECT'
                    then 'none'
                when extreme_value > level_last_upper then 'peak'
                else 'low'
            end,
            'extreme_value': {'number': extreme_value},
            'extreme_year': {'year': extreme_period::integer, 'time_basis': trend.time_basis}
        }) as args
    from state
    left join (from newest where indicator = 'VIC_DETECT') as detected on detected.ref_area = state.area
    left join (from newest where indicator in ('VIC_DETECT', 'VIC_RECORDED')) as shown
        on shown.ref_area = state.area
    left join trend on trend.ref_area = state.area and trend.indicator = 'VIC_DETECT'
    left join counted on counted.area = state.area and counted.indicator = 'VIC_DETECT'
    left join absent on absent.area = state.area and absent.indicator = 'VIC_DETECT'
    qualify
        row_number() over (
            partition by state.area
            order by shown.year desc, shown.indicator = 'VIC_DETECT' desc
        ) = 1
),
evidence as (
    select
        state.area,
        case
            when trend.source is null then 'NO_SERIES'
            when evidence <> 'UNTESTED' then evidence
            when jump_period is not null then 'JUMP'
            when turn_period is not null then 'TURN'
            when points < parameter.least_years_of_trend() then 'FEW'
            else 'SUPPRESSED'
        end as form,
        trend.indicator,
        trend.source,
        year_of(last_period) as year,
        list_filter([trend.source], lambda each: each is not null) as sources,
        to_json({
            'years': points,
            'least': parameter.least_years_of_trend(),
            'at': {
                'year': year_of(coalesce(jump_period, turn_period)), 'time_basis': trend.time_basis
            },
            'way': case when tau < 0 then 'down' else 'up' end
        }) as args
    from state
    left join trend on trend.ref_area = state.area and trend.indicator = 'VIC_DETECT'
),
other_newest as (
    select
        remark.ref_area as area,
        remark as form,
        other_indicator as indicator,
        other_source as source,
        other_year as year,
        [other_source] as sources,
        to_json({
            'figure': {'value': other_value, 'lower': other_lower, 'upper': other_upper},
            'year': {'year': other_year, 'time_basis': coalesce(other_time_basis, 'CY')},
            'source': {'source': other_source},
            'provenance': detail
        }) as args
    from published.remark
    join happened on happened.area = remark.ref_area
    where
        is_last
        and remark.indicator = 'VIC_DETECT'
        and remark in (
            'NEWER_SOURCE', 'NEWER_RATE', 'RECORDED_NEWER', 'INCIDENTS_NEWER', 'NEWER_REPEATED'
        )
        and other_year > happened.year
    qualify
        row_number() over (
            partition by remark.ref_area order by other_year desc, remark.rank
        ) = 1
),
told as (
    select
        *,
        case split when 'FORM' then 'form' when 'CITIZENSHIP' then 'citizenship' else 'person' end
            as facet,
        told >= parameter.told_share() and not exceeds as is_told
    from judged.told
),
group_of_victims as (
    select
        told.ref_area as area, facet, source, told.year, newest_year,
        {
            'group': case
                when facet = 'citizenship' and largest.code in ('NAT', told.ref_area) then 'OWN'
                when facet = 'citizenship' then 'OTHER'
                else replace(largest.code, ' ', '_')
            end,
            'from': case when facet = 'citizenship' then {'area': largest.code} end,
            'figure': {'number': largest.value},
            'total': total,
            'year': {'year': told.year, 'time_basis': time_basis},
            'told': case when told < parameter.overturn_share() then 'least' else 'whole' end
        } as answer
    from told
    where
        is_told
        and is_largest
        and largest.code not in ('_O', 'OTH')
        and not starts_with(largest.code, '_O')
        and (
            facet <> 'citizenship'
            or largest.code = 'NAT'
            or largest.code in (select code from codelist.area)
        )
    qualify
        row_number() over (
            partition by told.ref_area, facet
            order by told.year desc, list_position(['SEX_AGE', 'SEX', 'AGE'], split)
        ) = 1
),
who as (
    select
        state.area,
        case when person is null and form is null and citizenship is null then 'UNTOLD' else 'TOLD' end
            as form,
        'VIC_DETECT' as indicator,
        detected.source,
        coalesce(person.year.year, form.year.year, citizenship.year.year) as year,
        list_filter([detected.source], lambda each: each is not null) as sources,
        to_json({
            'counted': coalesce(counted.counts, 'DETECTED'),
            'person': coalesce(person.group, 'none'),
            'person_figure': person.figure,
            'person_total': person.total,
            'person_year': person.year,
            'person_told': person.told,
            'form': coalesce(form.group, 'none'),
            'form_name': {'codelist': 'exploitation', 'code': form.group},
            'form_figure': form.figure,
            'form_total': form.total,
            'form_year': form.year,
            'form_told': form.told,
            'form_joined': case when form.year = person.year then 'same' else 'other' end,
            'citizenship': coalesce(citizenship.group, 'none'),
            'citizenship_from': citizenship.from,
            'citizenship_figure': citizenship.figure,
            'citizenship_total': citizenship.total,
            'citizenship_year': citizenship.year,
            'citizenship_told': citizenship.told,
            'citizenship_joined':
                case when citizenship.year = coalesce(form.year, person.year) then 'same' else 'other' end
        }) as args
    from state
    left join (
        select
            area,
            any_value(answer) filter (facet = 'person') as person,
            any_value(answer) filter (facet = 'form') as form,
            any_value(answer) filter (facet = 'citizenship') as citizenship
        from group_of_victims
        group by area
    ) using (area)
    left join (from newest where indicator = 'VIC_DETECT') as detected on detected.ref_area = state.area
    left join counted on counted.area = state.area and counted.indicator = 'VIC_DETECT'
),
rate as (
    -- Rates of the source and year for which most states have one, the newest of enough states.
    select
        rate.ref_area as area, rate.source, rate.year, rate.time_basis, rate.value,
        confidence_lower as lower, confidence_upper as upper
    from published.rate
    where
        rate.indicator = 'VIC_DETECT'
        and freq = 'A'
        and time_basis = 'CY'
        and (sex, age, exploitation) = ('_T', '_T', '_T')
        and rate.value is not null
    qualify count(*) over (partition by source, year) >= parameter.least_states_of_rates()
),
contradicted as (
    select distinct ref_area as area, source, year
    from published.remark
    where
        indicator = 'VIC_DETECT'
        and (sex, age, exploitation, citizenship) = ('_T', '_T', '_T', '_T')
        and (
            severity = 'caution' and scope = 'figure'
            or remark in ('OTHER_FIGURE', 'TWICE_ANOTHER')
        )
),
ranked as (
    select rate.*, contradicted.area is not null as is_contradicted
    from rate
    left join contradicted using (area, source, year)
    where (source, year) = (
        select (source, year)
        from rate
        group by source, year
        order by year desc, count(*) desc
        limit 1
    )
),
neighbours as (
    select
        state.area,
        case
            when counted.counts is not null then 'OTHER_COUNT'
            when own.area is null then 'NO_RATE'
            when own.is_contradicted then 'CONTRADICTED'
            else 'COMPARED'
        end as form,
        'VIC_DETECT' as indicator,
        other.source,
        other.year,
        [other.source] as sources,
        to_json({
            'rate': {'number': two_digits(own.value)},
            'year': {'year': other.year, 'time_basis': 'CY'},
            'above': above,
            'below': below,
            'level': states - above - below,
            'states': states,
            'low': {'number': two_digits(low)},
            'high': {'number': two_digits(high)}
        }) as args
    from state
    left join ranked as own using (area)
    left join counted on counted.area = state.area and counted.indicator = 'VIC_DETECT'
    join lateral (
        select
            any_value(other.source) as source,
            any_value(other.year) as year,
            count(*) as states,
            count(*) filter (other.lower > own.upper) as below,
            count(*) filter (other.upper < own.lower) as above,
            min(other.value) as low,
            max(other.value) as high
        from ranked as other
        where other.area <> state.area and not other.is_contradicted
    ) as other on true
),
justice as (
    select
        state.area,
        case
            when prosecuted.source is not null and convicted.source is not null then 'BOTH'
            when prosecuted.source is not null then 'PROSECUTED'
            when convicted.source is not null then 'CONVICTED'
            else 'NONE'
        end as form,
        coalesce(prosecuted.indicator, convicted.indicator) as indicator,
        coalesce(prosecuted.source, convicted.source) as source,
        coalesce(prosecuted.year, convicted.year) as year,
        list_distinct(
            list_filter([prosecuted.source, convicted.source], lambda each: each is not null)
        ) as sources,
        to_json({
            'prosecuted': prosecuted.figure,
            'prosecuted_year': prosecuted.at,
            'convicted': convicted.figure,
            'convicted_year': convicted.at,
            'same_year': case when prosecuted.at = convicted.at then 'yes' else 'no' end,
            'counted': coalesce(counted.counts, 'ALL')
        }) as args
    from state
    left join (from newest where indicator = 'PER_PROSEC') as prosecuted
        on prosecuted.ref_area = state.area
    left join (from newest where indicator = 'PER_CONVICT') as convicted
        on convicted.ref_area = state.area
    left join counted on counted.area = state.area and counted.indicator = 'PER_PROSEC'
),
due as (
    -- The newest year of which enough states have a total.
    select indicator, max(year) as year, arg_max(states, year) as states
    from (
        select indicator, year, count(distinct ref_area) as states
        from judged.figure
        where may_stand and provenance <> 'REPEATED' and reprints = ''
        group by all
    )
    where states >= parameter.states_of_ask()
    group by indicator
),
ask as (
    select
        state.area, 1 as place,
        case when detected.source is null then 'BEGIN' else 'TOTAL' end as form,
        'VIC_DETECT' as indicator, null::varchar as source, due.year, [] as sources,
        to_json({'year': {'year': due.year, 'time_basis': 'CY'}, 'states': states}) as args
    from state
    join due on due.indicator = 'VIC_DETECT'
    left join (from newest where indicator = 'VIC_DETECT') as detected on detected.ref_area = state.area
    where detected.year is null or detected.year < due.year
    union all by name
    select
        remark.ref_area as area, 2 as place, 'CONFIRM' as form, remark.indicator, remark.source,
        remark.year,
        list_distinct([remark.source, other_source]) as sources,
        to_json({
            'figure': newest.figure,
            'year': newest.at,
            'other': {'value': other_value, 'lower': other_lower, 'upper': other_upper},
            'source': {'source': other_source},
            'why': remark
        }) as args
    from published.remark
    join newest
        on newest.ref_area = remark.ref_area and newest.indicator = remark.indicator
    where
        remark.indicator = 'VIC_DETECT'
        and remark.is_last
        and remark in ('TWICE_ANOTHER', 'OTHER_FIGURE', 'FORM_EXCEEDS', 'PARTS_EXCEED', 'LATER_RELEASE')
    qualify row_number() over (partition by remark.ref_area order by remark.rank) = 1
    union all by name
    select
        newest.ref_area as area, 3 as place, 'TELL' as form, newest.indicator, newest.source,
        newest.year, [newest.source] as sources,
        to_json({'facet': facet, 'figure': newest.figure, 'year': newest.at}) as args
    from newest
    cross join (
        values ('person', 1), ('form', 2), ('citizenship', 3)
    ) as wanted (facet, facet_place)
    anti join (from told where is_told) as known
        on known.ref_area = newest.ref_area
        and known.facet = wanted.facet
        and known.year = newest.year
    where newest.indicator = 'VIC_DETECT' and newest.lower >= parameter.least_total_to_break_down()
    qualify row_number() over (partition by newest.ref_area order by facet_place) = 1
    union all by name
    select
        state.area, 4 as place, 'JUSTICE' as form, due.indicator, newest.source, due.year,
        [] as sources,
        to_json({
            'year': {'year': due.year, 'time_basis': 'CY'},
            'states': states,
            'stage': due.indicator
        }) as args
    from state
    join due on due.indicator in ('PER_PROSEC', 'PER_CONVICT')
    left join newest on newest.ref_area = state.area and newest.indicator = due.indicator
    where newest.year is null or newest.year < due.year
    qualify
        row_number() over (partition by state.area order by due.indicator = 'PER_PROSEC' desc) = 1
    union all by name
    select
        ref_area as area, 5 as place, 'STEP' as form, indicator, null::varchar as source,
        null::integer as year, [] as sources,
        to_json({'step': need_step, 'of': {'codelist': 'indicator', 'code': indicator}}) as args
    from published.need
    where priority = 1
),
pooled as (
    select indicator, list_sort(list(distinct source)) as sources
    from judged.pooled
    group by indicator
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
            'states': (select count(*) from state)
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
        where split = 'SEX_AGE' and told >= parameter.told_share() and not exceeds
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
),
found as (
    select *, 'HAPPENED' as question from happened
    union all by name
    select *, 'EVIDENCE' as question from evidence
    union all by name
    select *, 'OTHER_NEWEST' as question from other_newest
    union all by name
    select *, 'WHO' as question from who
    union all by name
    select *, 'NEIGHBOURS' as question from neighbours
    union all by name
    select *, 'JUSTICE' as question from justice
    union all by name
    select * exclude (place), 'NEED' as question
    from ask
    qualify row_number() over (partition by area order by place) = 1
    union all by name
    select
        of_region.* replace (coalesce(of_region.sources, pooled.sources) as sources),
        'AMERICAS' as area, null::varchar as source
    from of_region
    join pooled using (indicator)
    union all by name
    select
        'AMERICAS' as area, 'WHO' as question, 'POOLED' as form, indicator,
        null::varchar as source, year, pooled.sources,
        to_json({
            'states': states,
            'year': {'year': year, 'time_basis': 'CY'},
            'women': round(100 * women / known)::integer,
            'men': round(100 * men / known)::integer,
            'girls': round(100 * girls / known)::integer,
            'boys': round(100 * boys / known)::integer
        }) as args
    from who_of_region
    join pooled on pooled.indicator = 'VIC_DETECT'
)
select
    found.area, found.question, found.form, found.indicator, found.source, found.year,
    found.sources::varchar[] as sources,
    found.args::varchar as args, caution.remark as caution
from found
left join caution
    on caution.area = found.area
    and caution.indicator = found.indicator
    and (found.question in ('HAPPENED', 'JUSTICE') or found.form in ('CONTRADICTED', 'OTHER_COUNT'))
order by found.area, list_position((select list(code) from codelist.question), found.question);
