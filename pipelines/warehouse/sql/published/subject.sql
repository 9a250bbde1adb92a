-- One row per subject of item 26 of the declaration of 2018: the number that says what is known of it.
-- subject: COMPARABLE (statistical data that compare), TRENDS (trends and characteristics), PRACTICES
--   (good practices), ASSISTANCE (needs for technical assistance) or DEMAND (measures against demand).
-- form: KNOWN: there are figures of the subject itself; NEAREST: only of what is nearest to it, treaties
--   for practices and labour inspection for demand; NONE: neither.
-- questions: Answers of published.sentence on the Americas that say it; none where the page does.
-- part: COMPARABLE: states with a total of the newest year; TRENDS: states in which victims at least
--   doubled; PRACTICES, DEMAND: states with a figure of the subject itself; ASSISTANCE: all needs.
-- whole: Number of states that the part is of; empty for needs.
-- indicator: Indicator that the row is about; the one of most states for PRACTICES and DEMAND.
-- areas: PRACTICES, DEMAND: the states that have it; of an answer, those whose newest is yes.
-- first_year: PRACTICES, DEMAND: first year with a figure.
-- last_year: PRACTICES, DEMAND: last such year.
-- sources: Sources of the figures.
-- made_after: rules and statistics
-- key: subject
-- terms: sources
-- extract: none
-- disclosure: none
create table published.subject as
with fact as (
    select
        code as indicator,
        case domain when 'DEM' then 'DEMAND' else 'PRACTICES' end as subject,
        case
            when code = 'POL_PROTOCOL' or starts_with(code, 'DEM_LAB_') then 'NEAREST' else 'KNOWN'
        end as form,
        unit_measure = 'BOOL' as is_answer
    from codelist.indicator
    -- Of the treaties, the Palermo Protocol stands for all.
    where
        domain in ('DEM', 'POL', 'PRV')
        and unit_measure in ('NUMBER', 'BOOL')
        and not starts_with(code, 'POL_ILO_')
),
confirmed as (
    select indicator::varchar as indicator, ref_area::varchar as ref_area
    from published.observation
    where
        unit_measure = 'BOOL'
        and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
    group by all
    having arg_max(value, year) = 1
),
found as (
    select
        subject, form, fact.indicator,
        list(distinct ref_area order by ref_area)
            filter (not is_answer or confirmed.indicator is not null) as areas,
        min(year) as first_year,
        max(year) as last_year,
        list_sort(list_distinct(flatten(list(sources)))) as sources
    from fact
    join published.coverage using (indicator)
    left join confirmed using (indicator, ref_area)
    where coverage_status in ('reported', 'suppressed', 'partial')
    group by subject, form, fact.indicator
    having form = 'KNOWN' or len(areas) > 0
    qualify
        row_number() over (
            partition by subject
            order by form, len(areas) desc nulls last, last_year - first_year desc, fact.indicator
        ) = 1
),
known as (
    select
        'COMPARABLE' as subject, 'KNOWN' as form, ['NEED'] as questions,
        (args ->> 'having')::integer as part, (args ->> 'states')::integer as whole, indicator,
        sources
    from published.answer
    where area = 'AMERICAS' and question = 'NEED'
    union all by name
    select
        'TRENDS' as subject, 'KNOWN' as form, list(question order by question) as questions,
        any_value(doubled) as part, any_value(compared) as whole, indicator,
        list_sort(list_distinct(flatten(list(answer.sources)))) as sources
    from published.region
    join published.answer using (indicator)
    where area = 'AMERICAS' and indicator = 'VIC_DETECT' and question in ('HAPPENED', 'WHO')
    group by indicator
    union all by name
    select
        subject, form,
        case form when 'KNOWN' then coalesce(len(areas), 0) else 0 end as part,
        (select count(*) from judged.state) as whole,
        indicator, areas, first_year, last_year, sources
    from found
    union all by name
    select
        'ASSISTANCE' as subject, 'KNOWN' as form, count(*) as part,
        list_sort(list_distinct(flatten(list(sources)))) as sources
    from published.need
)
select
    subject,
    coalesce(form, 'NONE') as form,
    coalesce(questions, []) as questions,
    coalesce(part, 0)::integer as part,
    case
        when subject <> 'ASSISTANCE' then coalesce(whole, (select count(*) from judged.state))
    end::integer as whole,
    indicator,
    coalesce(areas, []) as areas,
    first_year, last_year,
    coalesce(sources, [])::varchar[] as sources
from (
    select
        unnest(['COMPARABLE', 'TRENDS', 'PRACTICES', 'ASSISTANCE', 'DEMAND']) as subject,
        unnest(range(5)) as place
) as listed
left join known using (subject)
order by place;
