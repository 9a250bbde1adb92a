-- One row per state: the newest figures of persons prosecuted and convicted, without a ratio, since
-- they need not be the same persons.
-- area: State, ISO 3166-1 alpha-3.
-- form: Which kind of answer it is.
-- sources: Sources of all figures of the answer.
-- args: Codes and numbers of the answer by name; see published.answer.
-- made_after: rules and statistics
create view judged.justice as
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
from judged.state
left join (from judged.newest_figure where indicator = 'PER_PROSEC') as prosecuted
    on prosecuted.ref_area = state.area
left join (from judged.newest_figure where indicator = 'PER_CONVICT') as convicted
    on convicted.ref_area = state.area
left join judged.counted on counted.area = state.area and counted.indicator = 'PER_PROSEC';
