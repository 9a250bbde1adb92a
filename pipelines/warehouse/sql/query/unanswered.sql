-- One row per answer that lacks a sentence in a language: of each state, to every question that can
-- be answered of any of them, and of all that is answered.
with owed as (
    select area.code as area, question.code as question
    from codelist.area
    cross join codelist.question
    -- What is newer elsewhere is asked where there is any; two questions are of the Americas alone.
    where is_oas and question.code not in ('OTHER_NEWEST', 'SAME_STATES', 'EACH_STATE')
    union
    select area, question
    from published.answer
)
select area, question, unnest($languages) as language
from owed
except
select area, question, language
from published.sentence
order by all;
