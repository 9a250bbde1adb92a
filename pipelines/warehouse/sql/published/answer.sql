-- One row per state, or the Americas, and question: the answer in codes and numbers. Pages, workbooks
-- and machines word it from here: published.sentence has it in words.
-- area: State, ISO 3166-1 alpha-3, or AMERICAS.
-- question: What is asked (codelist.question).
-- form: Which kind of answer it is; it chooses the words.
-- indicator: Indicator of the figure that is answered with; empty if there is none.
-- source: Its source.
-- year: Its year.
-- sources: Sources of all figures of the answer.
-- args: Codes and numbers of the answer by name, as JSON. A figure is an object of value, lower and
--   upper; a year one of year and time_basis; a source, an area or a number one with that
--   name; a code to be named one of codelist and code, or codes; a change one of area, ratio and whether the
--   ratio is exact or the least of a change. What may be printed of a figure is decided where it becomes words.
-- caution: Caution on the figure that is said first (codelist.remark); empty if there is none.
-- made_after: rules and statistics
-- key: area, question
-- terms: sources
-- extract: csv, json, sdmx, workbook
-- disclosure: none
create table published.answer as
with caution as (
    select
        ref_area as area, indicator, arg_min(remark, rank) as remark
    from published.remark
    where
        is_last
        and severity = 'caution'
        and remark <> 'COUNTS_INSTEAD' -- the sentence says what is counted
        and scope in ('figure', 'definition')
        and (sex, age, exploitation, citizenship) = ('_T', '_T', '_T', '_T')
    group by all
),
pooled as (
    select indicator, list_sort(list(distinct source)) as sources
    from judged.pooled
    group by indicator
),
found as (
    select *, 'HAPPENED' as question from judged.happened
    union all by name
    select *, 'EVIDENCE' as question from judged.evidence
    union all by name
    select *, 'OTHER_NEWEST' as question from judged.other_newest
    union all by name
    select *, 'WHO' as question from judged.who
    union all by name
    select *, 'NEIGHBOURS' as question from judged.neighbours
    union all by name
    select *, 'JUSTICE' as question from judged.justice
    union all by name
    select *, 'NEED' as question from judged.ask
    union all by name
    select *, 'RECOMMENDED' as question from judged.recommended
    union all by name
    select
        together.* replace (coalesce(together.sources, pooled.sources) as sources),
        'AMERICAS' as area
    from judged.together
    join pooled using (indicator)
)
select
    found.area, found.question, found.form, found.indicator, found.source, found.year,
    found.sources::varchar[] as sources,
    found.args::varchar as args, caution.remark as caution
from found
left join caution
    on caution.area = found.area
    and caution.indicator = found.indicator
    and (found.question in ('HAPPENED', 'JUSTICE') or found.form in ('CONTRADICTED', 'OTHER_COUNT'))
order by found.area, list_position((select list(code) from codelist.question), found.question);
