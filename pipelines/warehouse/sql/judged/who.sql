-- One row per state: the largest groups of its detected victims, by sex and age, form of exploitation
-- and citizenship, each of the newest year in which enough of them is told. A group is named only if
-- nothing that is not told could make another one larger. Where no victim was counted, or stated, that is
-- said: it is known then that there is nobody to describe.
-- area: State, ISO 3166-1 alpha-3.
-- form: Which kind of answer it is.
-- sources: Sources of all figures of the answer.
-- args: Codes and numbers of the answer by name; see published.answer.
-- made_after: rules and statistics
create view judged.who as
with group_of_victims as (
    select
        told.ref_area as area, facet, source, told.year,
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
            'told': case when told < parameter.overturn_share() then 'least' else 'whole' end,
            'source': source
        } as answer
    from judged.told
    where is_named
    qualify
        row_number() over (
            partition by told.ref_area, facet
            order by told.year desc, is_of_newest desc, list_position(['SEX_AGE', 'SEX', 'AGE'], split)
        ) = 1
)
select
    state.area,
    case
        when person is not null or form is not null or citizenship is not null then 'TOLD'
        when detected.value = 0 then 'NIL'
        when detected.source is not null then 'UNTOLD'
        when absent.remark = 'STATED_NIL' then 'STATED_NIL'
        else 'NONE'
    end as form,
    'VIC_DETECT' as indicator,
    coalesce(person.source, form.source, citizenship.source, detected.source) as source,
    coalesce(
        person.year.year, form.year.year, citizenship.year.year,
        case when detected.value = 0 then detected.year end
    ) as year,
    list_distinct(list_filter(
        case
            when coalesce(person, form, citizenship) is null then [detected.source]
            else [person.source, form.source, citizenship.source]
        end,
        lambda each: each is not null
    )) as sources,
    to_json({
        'counted': coalesce(counted.counts, 'DETECTED'),
        'year': detected.at,
        'until': absent.year,
        'person': coalesce(person.group, 'none'),
        'person_share': case when person.figure.number = person.total.value then 'all' else 'part' end,
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
from judged.state
left join (
    select
        area,
        any_value(answer) filter (facet = 'person') as person,
        any_value(answer) filter (facet = 'form') as form,
        any_value(answer) filter (facet = 'citizenship') as citizenship
    from group_of_victims
    group by area
) using (area)
left join (from judged.newest_figure where indicator = 'VIC_DETECT') as detected on detected.ref_area = state.area
left join judged.counted on counted.area = state.area and counted.indicator = 'VIC_DETECT'
left join judged.absent on absent.ref_area = state.area and absent.indicator = 'VIC_DETECT';
