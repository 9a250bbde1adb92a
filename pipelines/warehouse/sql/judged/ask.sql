-- One row per state: the first thing that could not be said of it: a total of a year that enough other
-- states have; whether a contradicted figure is right; who the victims are; persons prosecuted or
-- convicted; then the first need (published.need).
-- area: State, ISO 3166-1 alpha-3.
-- form: Which kind of answer it is.
-- sources: Sources of all figures of the answer.
-- args: Codes and numbers of the answer by name; see published.answer.
-- made_after: rules and statistics
create view judged.ask as
with due as (
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
    from judged.state
    join due on due.indicator = 'VIC_DETECT'
    left join (from judged.newest_figure where indicator = 'VIC_DETECT') as detected on detected.ref_area = state.area
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
    join judged.newest_figure as newest
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
    from judged.newest_figure as newest
    cross join (
        values ('person', 1), ('form', 2), ('citizenship', 3)
    ) as wanted (facet, facet_place)
    anti join (from judged.told where is_told) as known
        on known.ref_area = newest.ref_area
        and known.source = newest.source
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
    from judged.state
    join due on due.indicator in ('PER_PROSEC', 'PER_CONVICT')
    left join judged.newest_figure as newest on newest.ref_area = state.area and newest.indicator = due.indicator
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
    union all by name
    select
        area, 6 as place, 'NOTHING' as form, null::varchar as indicator, null::varchar as source,
        null::integer as year, [] as sources, '{}'::json as args
    from judged.state
)
select * exclude (place)
from ask
qualify row_number() over (partition by area order by place) = 1;
