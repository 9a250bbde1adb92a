-- One row per state, question and language, in the order of the questions: the sentence and the
-- caution on its figure; empty, both, where the terms of a source do not allow others to be given it.
select
    area,
    language,
    question,
    if(is_free, text, null) as text,
    if(is_free, caution_text, null) as caution
from (select *, may_be_passed_on(sources) as is_free from published.sentence)
join (select code as question, row_number() over () as place from codelist.question) as listed using (question)
order by area, language, place;
