-- One row per published row that was kept out and rule that it broke: nothing is lost in silence.
-- The columns of the cell are empty where a label could not be read.
-- source: Source, as in the table source.
-- release: Release that has the row.
-- locator: The way back to the printed cell: file, sheet, row.
-- rule: Name of the rule, as in docs/rules.md, or the detector that found it.
-- rule_id: Id under which the rule was cited until November 2026; its name if it has no other.
-- column: Column in which the rule found it.
-- found: Text found there.
-- message: What is wrong and what to do.
-- correction: Line of data/corrections.csv that keeps the row out, by id; else empty.
-- why_not: Why several rows of its cell are not added up; else empty.
-- lower: The least figure that the row can mean; empty where it prints none.
-- upper: The greatest figure that the row can mean.
-- row: The row as published, as JSON.
create table main.quarantine (
    source varchar not null,
    release varchar not null,
    locator varchar not null,
    rule varchar not null,
    rule_id varchar,
    "column" varchar not null,
    found varchar not null,
    message varchar not null,
    correction varchar not null,
    why_not varchar not null,
    lower double,
    upper double,
    ref_area area_subdivision,
    indicator indicator,
    freq freq,
    time_basis time_basis,
    time_period varchar,
    sex sex,
    age age,
    exploitation exploitation,
    citizenship citizenship_area,
    counterpart_role counterpart_role,
    counterpart_area area,
    breakdown breakdown,
    "row" json not null
);
