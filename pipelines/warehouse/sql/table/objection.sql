-- One row per statement of an assessment to which the state objects.
-- source: Source of the assessment.
-- ref_area: The state.
-- report_year: Year of the report, as a number.
-- kind: Kind of the statement (codelist.assessment_kind).
-- rank: Place of the item in its list.
-- code: What it is about (codelist.assessment_code).
-- objection: What the state answers, in its own words and language.
-- objected_by: The office that speaks for the state.
-- objection_address: Where the state publishes it, or the number of its letter.
-- received: Day on which it came in, ISO 8601.
create table main.objection (
    source varchar not null,
    ref_area varchar not null,
    report_year integer not null,
    kind varchar not null,
    rank integer not null,
    code varchar not null,
    objection varchar not null,
    objected_by varchar not null,
    objection_address varchar not null,
    received varchar not null,
    primary key (source, ref_area, report_year, kind, rank, code)
);
