-- One row per kind of thing that is told: how many answers, sentences, and remarks by severity.
select 'answers' as told, count(*) as rows
from published.answer
union all
select 'sentences', count(*)
from published.sentence
union all
select 'remarks_' || severity, count(*)
from published.remark
group by severity
order by all;
