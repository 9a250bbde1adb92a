-- One row per correction of a publisher's error: of a cell, or of a label wherever it is printed. It
-- holds in every release of its source that prints the old text there; the column `correction`
-- of each corrected figure has its id. Of a label all codes are empty.
-- id: Names the correction.
-- source: Source, as in the table source.
-- found_in: Release in which the error was found.
-- ref_area: State or subdivision of the cell, as printed, like the other codes.
-- indicator: Indicator of the cell.
-- time_period: Period of the cell.
-- sex: Sex of the persons in the cell.
-- age: Age band of the persons in the cell.
-- exploitation: Form of exploitation of the cell.
-- citizenship: Citizenship of the persons in the cell.
-- counterpart_area: The other state of the cell.
-- occurrence: Which of the rows with the old text on the cell, from 1; empty for a label.
-- column: value, a column of the contract whose code is wrong, or the publisher's column of a label.
-- old: Text that the publisher printed: the figure, or the label.
-- new: Figure, code or label that is read in its place; empty for a figure that is not known.
-- effect: REPLACE, or DOUBTFUL for a figure that stays and gets status U.
-- reason: Why it is an error.
-- reported_to: Whom it was reported to.
-- status: open, reported, accepted or refused.
create table main.correction (
    id varchar primary key,
    source varchar not null,
    found_in varchar not null,
    ref_area varchar not null,
    indicator varchar not null,
    time_period varchar not null,
    sex varchar not null,
    age varchar not null,
    exploitation varchar not null,
    citizenship varchar not null,
    counterpart_area varchar not null,
    occurrence integer,
    "column" varchar not null,
    old varchar not null,
    new varchar not null,
    effect varchar not null,
    reason varchar not null,
    reported_to varchar not null,
    status varchar not null
);
