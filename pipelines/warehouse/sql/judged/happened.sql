-- One row per state: its newest figure of victims, detected or, if that is newer, recorded by police or
-- prosecution, and the size of the change of detected victims since the series began. Formally
-- identified victims stand for detected ones where these are older by the {parameter.years_of_identified}
-- last years of the former, and where the state's authority registers identified victims only.
-- area: State, ISO 3166-1 alpha-3.
-- form: Which kind of answer it is.
-- sources: Sources of all figures of the answer.
-- args: Codes and numbers of the answer by name; see published.answer.
-- made_after: rules and statistics
create table judged.happened as
with identified as (
    from judged.newest_figure
    where indicator = 'VIC_IDENT' and is_own_authority(source, ref_area)
),
detected as (
    from judged.newest_figure
    where indicator = 'VIC_DETECT'
),
shown as (
    from judged.newest_figure
    where indicator in ('VIC_DETECT', 'VIC_RECORDED')
    union all by name
    select identified.*
    from identified
    join main.source using (source)
    left join detected on detected.ref_area = identified.ref_area
    where
        detected.year is null
        or detected.year <= identified.year - parameter.years_of_identified()
        or (registers = 'IDENTIFIED' and detected.year <= identified.year)
),
beside as (
    -- Of the same year, what the source of the series has.
    select ref_area as area, indicator, source, year, value, lower, upper
    from published.national_series
    where indicator = 'VIC_DETECT'
)
select
    state.area,
    case
        when shown.source is null then coalesce(absent.remark, 'NO_SOURCE')
        when shown.lower = 0 and shown.upper is null then 'WITHHELD'
        when change_size is null then 'NEWEST'
        else 'CHANGE'
    end as form,
    shown.indicator,
    shown.source,
    shown.year,
    list_distinct(
        list_filter([shown.source, beside.source, trend.source], lambda each: each is not null)
    ) as sources,
    to_json({
        'counted': case shown.indicator
            when 'VIC_RECORDED' then 'RECORDED'
            when 'VIC_IDENT' then 'IDENTIFIED'
            else coalesce(counted.counts, 'DETECTED')
        end,
        'by': case
            when shown.indicator <> 'VIC_RECORDED' and is_own_authority(shown.source, state.area)
                then 'OWN'
            else 'OTHER'
        end,
        'beside': case
            when beside.source is not null then {
                'value': beside.value, 'lower': beside.lower, 'upper': beside.upper
            }
        end,
        'beside_source': {'source': beside.source},
        'is_beside': case when beside.source is null then 'no' else 'yes' end,
        'series': {'source': trend.source},
        'series_year': {'year': year_of(trend.last_period), 'time_basis': trend.time_basis},
        'is_of_series': case
            when shown.indicator = 'VIC_RECORDED' or shown.source = trend.source then 'yes' else 'no'
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
                and shown.source = trend.source
                and (shown.lower, shown.upper) = (level_last_lower, level_last_upper)
                then 'yes'
            else 'no'
        end,
        'extreme': case
            when extreme_period is null or extreme_period::integer >= detected.year then 'none'
            when extreme_value > level_last_upper then 'peak'
            else 'low'
        end,
        'extreme_value': {'number': extreme_value},
        'extreme_year': {'year': extreme_period::integer, 'time_basis': trend.time_basis}
    }) as args
from judged.state
left join detected on detected.ref_area = state.area
left join shown on shown.ref_area = state.area
left join beside
    on beside.area = state.area
    and beside.year = shown.year
    and beside.source <> shown.source
    and shown.indicator <> 'VIC_RECORDED'
left join judged.cited_trend as trend on trend.ref_area = state.area and trend.indicator = 'VIC_DETECT'
left join judged.counted on counted.area = state.area and counted.indicator = 'VIC_DETECT'
left join judged.absent on absent.ref_area = state.area and absent.indicator = 'VIC_DETECT'
qualify
    row_number() over (
        partition by state.area
        order by
            shown.year desc,
            list_position(['VIC_IDENT', 'VIC_DETECT', 'VIC_RECORDED'], shown.indicator)
    ) = 1;
