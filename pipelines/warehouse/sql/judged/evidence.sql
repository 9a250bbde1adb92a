-- One row per state: how strong the evidence of a trend of its detected victims is, or why there is
-- none.
-- area: State, ISO 3166-1 alpha-3.
-- form: Which kind of answer it is.
-- sources: Sources of all figures of the answer.
-- args: Codes and numbers of the answer by name; see published.answer.
-- made_after: rules and statistics
create view judged.evidence as
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
from judged.state
left join judged.cited_trend as trend on trend.ref_area = state.area and trend.indicator = 'VIC_DETECT';
