-- a status, verdict, remark or other code is not in the list of its column
-- each: codes
with text as (
    select distinct each_column::varchar as codes
    from published.each
)
select 'each_column' as "column", code
from (select unnest(regexp_extract_all(codes, '[^\[\];, ]+')) as code from text)
anti join (from main.word where column_name = 'each_column') as listed using (code);
