-- One row per state: its rate of detected victims among those of the other states, all of one source
-- and year. A state is above or below another where the limits of chance do not meet. A rate that
-- another source, or its own parts, contradict is not compared.
-- area: State, ISO 3166-1 alpha-3.
-- form: Which kind of answer it is.
-- sources: Sources of all figures of the answer.
-- args: Codes and numbers of the answer by name; see published.answer.
-- made_after: rules and statistics
create view judged.neighbours as
with ranked as (
    select
        ref_area as area, source, year, value, confidence_lower as lower, confidence_upper as upper,
        is_contradicted
    from published.compared_rate
    where indicator = 'VIC_DETECT'
    qualify count(*) over () >= parameter.least_states_of_rates()
)
select
    state.area,
    case
        when states = 0 then 'NO_RATES'
        when counted.counts is not null then 'OTHER_COUNT'
        when own.area is null then 'NO_RATE'
        when own.is_contradicted then 'CONTRADICTED'
        else 'COMPARED'
    end as form,
    'VIC_DETECT' as indicator,
    other.source,
    other.year,
    list_filter([other.source], lambda each: each is not null) as sources,
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
from judged.state
left join ranked as own using (area)
left join judged.counted on counted.area = state.area and counted.indicator = 'VIC_DETECT'
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
) as other on true;
