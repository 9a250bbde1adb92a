-- A published view or table with the name of each code in one language (en, es, pt or fr) beside it, in
-- a column <column>_name. Ask as: from published.named('published.headline', 'es').
create macro published.named(view_name, language) as table
with words as (
    select
        map(
            list(column_name || ' ' || code),
            list(
                case language
                    when 'en' then name_en
                    when 'es' then name_es
                    when 'pt' then name_pt
                    when 'fr' then name_fr
                    else error('language: en, es, pt or fr, as in named(''published.rate'', ''es'')')
                end
            )
        ) as of_code_
    from main.word
)
select
    * exclude (of_code_),
    array_to_string(
        list_transform(
            -- Several codes are joined, or a list; its text has brackets.
            string_split_regex(
                regexp_replace(columns('^(coded)$')::varchar, '^\[|\]$', '', 'g'), ';|, '
            ),
            lambda code: of_code_[alias(columns('^(coded)$')) || ' ' || code]
        ),
        '; '
    ) as "\0_name"
from query_table(view_name)
cross join words;
