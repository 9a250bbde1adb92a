-- One row per state, or AMERICAS, and question: the answer in words, and the caution on its figure. Of
-- sources that may not be passed on there are no rows.
select
    sentence.area as state,
    sentence.question,
    question.name_{language} as question_name,
    sentence.text,
    sentence.caution_text as caution
from published.sentence
join (
    select *, row_number() over () as place
    from codelist.question
) as question on question.code = sentence.question
where sentence.language = '{language}' and may_be_passed_on(sentence.sources)
order by state, question.place
