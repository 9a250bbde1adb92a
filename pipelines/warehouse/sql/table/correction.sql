-- One row per correction of a publisher's error; the comment of each corrected figure bears its id.
-- id: Names the correction.
-- source: Source, as in the table source.
-- release: Release to which it applies.
-- column: The publisher's column.
-- row: The publisher's row; empty for every row that holds the old text.
-- old: Text that the publisher printed.
-- new: Text that is read in its place; empty for a figure that is not known.
-- effect: REPLACE, or DOUBTFUL for a text that stays and gets status U.
-- rows: Rows that hold the old text.
-- reason: Why it is an error.
-- reported_to: Whom it was reported to.
-- status: open, reported, accepted or refused.
create table main.correction (
    id varchar primary key,
    source varchar not null,
    release varchar not null,
    "column" varchar not null,
    "row" varchar not null,
    old varchar not null,
    new varchar not null,
    effect varchar not null,
    rows integer not null,
    reason varchar not null,
    reported_to varchar not null,
    status varchar not null
);
