-- One row per statement and code: an effort that a report credits a state with, a shortfall that it
-- names, or what it recommends, in our own words. It is one government's judgement of others, and of
-- itself in its own chapter. Where a list is cut, a code that is not there was not read: it is never
-- "not recommended"; most lists of recommendations are cut (published.assessment_state says which).
-- report_year: Year of the report, as a number; it covers about April of the year before to March.
-- kind: EFFORT, SHORTFALL or RECOMMENDATION (codelist.assessment_kind).
-- rank: Place of the item in its list, from 1; an item with several codes has a row for each.
-- code: What it is about (codelist.assessment_code, which says the subject of item 26 too).
-- summary: The item in at most 12 words of ours, in English.
-- is_cut: Whether the list of this kind could not be read to its end.
-- provenance: Whether it was read on the publisher's own page, in a copy, or in what others repeat.
-- address: Where it was read; empty where that place is too weak to rest on.
-- is_weak: Whether it is.
-- is_self: Whether it is the government's own assessment of itself.
-- doubt: Why it counts in no answer under its code, which is that of the file
--   (codelist.assessment_doubt); empty if it has none.
-- is_counted: Whether answers count it under its code: neither is the place weak nor the code in doubt.
-- objection: What the state answers to it, in its own words and language; empty if it has not objected.
-- objected_by: The office that speaks for the state.
-- objection_address: Where the state publishes it, or the number of its letter.
-- key: source, ref_area, report_year, kind, rank, code
-- terms: source
-- extract: csv, parquet, workbook
-- disclosure: none
create table published.assessment_statement as
select
    source, release, ref_area, report_year, kind, rank, code, summary, is_cut, provenance, address,
    is_weak, is_self, doubt, is_counted, objection, objected_by, objection_address, locator
from judged.assessed
left join main.objection using (source, ref_area, report_year, kind, rank, code)
where kind <> 'NONE'
order by
    ref_area, report_year, list_position((select list(code) from codelist.assessment_kind), kind),
    rank, code;
