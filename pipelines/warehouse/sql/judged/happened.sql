-- One row per state: its newest figure of victims, detected or, if that is newer, recorded by police or
-- prosecution, and the size of the change of detected victims since the series began.
-- area: State, ISO 3166-1 alpha-3.
-- form: Which kind of answer it is.
-- sources: Sources of all figures of the answer.
-- args: Codes and numbers of the answer by name; see published.answer.
-- made_after: rules and statistics
create view judged.happened as
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
            when extreme_period is null or extreme_period::integer >= detected.year then 'none'
            when extreme_value > level_last_upper then 'peak'
            else 'low'
        end,
        'extreme_value': {'number': extreme_value},
        'extreme_year': {'year': extreme_period::integer, 'time_basis': trend.time_basis}
    }) as args
from judged.state
left join (from judged.newest_figure where indicator = 'VIC_DETECT') as detected on detected.ref_area = state.area
left join (from judged.newest_figure where indicator in ('VIC_DETECT', 'VIC_RECORDED')) as shown
    on shown.ref_area = state.area
left join judged.cited_trend as trend on trend.ref_area = state.area and trend.indicator = 'VIC_DETECT'
left join judged.counted on counted.area = state.area and counted.indicator = 'VIC_DETECT'
left join judged.absent on absent.ref_area = state.area and absent.indicator = 'VIC_DETECT'
qualify
    row_number() over (
        partition by state.area
        order by shown.year desc, shown.indicator = 'VIC_DETECT' desc
    ) = 1;
