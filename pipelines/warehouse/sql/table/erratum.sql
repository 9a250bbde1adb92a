-- One row per printed figure and defect that was found in it, in the words beside it or in the number of
-- rows on its cell; docs/errata lists them. The codes of the cell are those after corrections, and empty
-- where a label could not be read.
-- source: Source, as in the table source.
-- release: Release that prints the figure.
-- file: The publisher's file.
-- row: Row in the publisher's file.
-- column: The publisher's column, where a row prints several figures; else empty.
-- code: Detector (codelist.remark), rule, id of a correction, or ADDED_UP: one of the rows of a sum.
-- about: FIGURE; LABEL: the words beside it, a label or a code; ROWS: several rows print its cell.
-- printed: Text of the figure as printed; withheld where the figure of its cell is.
-- lower: The least figure that the text can mean; empty where it is withheld or no figure.
-- upper: The greatest figure that the text can mean.
create table main.erratum (
    source varchar not null,
    release varchar not null,
    file varchar not null,
    "row" varchar not null,
    "column" varchar not null,
    code varchar not null,
    about varchar not null check (about in ('FIGURE', 'LABEL', 'ROWS')),
    printed varchar not null,
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
    breakdown breakdown
);
