-- a sentence is empty, or a place in it was not filled in
-- each: columns text, caution_text
select area, question, language
from published.each
where trim(text) = '' or trim(caution_text) = '' or regexp_matches(concat(text, caution_text), '[{}]');
