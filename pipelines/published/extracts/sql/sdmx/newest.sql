-- One row per state and indicator: the newest figure to cite, if it may be passed on, with the
-- sentence that says it and its caution; see figure.sql. `said` are the remarks on figures to cite, in
-- words.
select
    *,
    'A' as freq
from ({figure}) as figure
join (select code as indicator, unit_measure, count_unit from codelist.indicator) as unit
    using (indicator)
left join said using (source, ref_area, indicator, time_basis, year)
left join (
    select
        area as ref_area,
        answer.indicator,
        answer.source,
        answer.year,
        any_value(concat_ws(' ', text, caution_text || '.')) filter (language = 'en') as sentence_en,
        any_value(concat_ws(' ', text, caution_text || '.')) filter (language = 'es') as sentence_es,
        any_value(concat_ws(' ', text, caution_text || '.')) filter (language = 'pt') as sentence_pt,
        any_value(concat_ws(' ', text, caution_text || '.')) filter (language = 'fr') as sentence_fr
    from published.sentence
    join published.answer using (area, question)
    where question = 'HAPPENED' and may_be_passed_on(sentence.sources)
    group by all
) as happened using (ref_area, indicator, source, year)
