-- One row per answer and language, as in published.sentence, with its form and indicator.
-- caution: Caution on its figure; empty if there is none.
-- origins: Sources of its figures, each with the newest release of those that may be cited: first that of
-- the figure that is said first, or that of most states. Empty where no figure is cited.
with figure as (
    select ref_area, indicator, source, release from published.newest
    union all by name
    select ref_area, indicator, source, release from published.national_series
),
origin as (
    select
        answer.area, answer.question, figure.source, max(figure.release) as release,
        figure.source = answer.source as is_first,
        count(distinct figure.ref_area) as states
    from published.answer
    join figure
        on list_contains(answer.sources, figure.source)
        and (
            figure.indicator in (answer.indicator, 'VIC_DETECT')
            or answer.question = 'JUSTICE' and figure.indicator in ('PER_PROSEC', 'PER_CONVICT')
        )
        and (answer.area in (figure.ref_area, 'AMERICAS') or answer.question = 'NEIGHBOURS')
    group by all
),
origins as (
    select
        area, question,
        list([source, release] order by is_first desc, states desc, source) as origins
    from origin
    group by all
)
select
    area, question, language, form, text, coalesce(caution_text || '.', '') as caution,
    coalesce(origins, []) as origins, coalesce(answer.indicator, '') as indicator
from published.sentence
join published.answer using (area, question)
left join origins using (area, question)
order by all
