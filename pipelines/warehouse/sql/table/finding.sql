-- One row per figure and detector that found something in the file in which it is printed. Detectors
-- look at the publisher's whole file, all states of the world included, when it is taken in.
-- source: Source, as in the table source.
-- release: Release that prints the figure.
-- file: Figure table, below data/raw.
-- row: Row in the publisher's file.
-- column: The publisher's column, where a row prints several figures; else empty.
-- ref_area: State or subdivision of the figure.
-- detector: Detector (codelist.remark).
-- reason: A finer code, where the detector has one; else empty.
-- effect: KEEP_OUT: in quarantine; DOUBTFUL: status U; LIST: listed here only.
-- indicator: Indicator of the figure.
-- kind: Breakdown of its table, such as sex x age; total if there is none.
-- year: Year of the figure.
-- evidence: What the numbers say. {evidence}
-- other_area: The area compared with; empty, like the next four, if the detector does not name it.
-- other_indicator: The indicator compared with.
-- other_kind: The breakdown compared with, or that of the parts.
-- other_year: The year compared with.
-- exchanged: Whether women and men are exchanged there.
-- agree: Number of areas, figures or cells that show the defect.
-- compared: Number of areas, figures or cells that could show it.
-- others_agree: The same as agree, of the areas that printed the column before.
-- others_compared: Number of those areas.
-- least: Least figure that the others come to.
-- most: Greatest figure that the others come to; empty if it is not known.
-- by_chance: Probability of at least as much agreement by chance, in one digit.
-- version: Version of the detectors.
-- sha256: Checksum of the file that was examined.
create table main.finding (
    source varchar not null,
    release varchar not null,
    file varchar not null,
    "row" varchar not null,
    "column" varchar not null,
    ref_area varchar not null,
    detector varchar not null,
    reason varchar not null,
    effect varchar not null,
    indicator varchar not null,
    kind varchar not null,
    "year" integer not null,
    evidence varchar not null,
    other_area varchar not null,
    other_indicator varchar not null,
    other_kind varchar not null,
    other_year integer,
    exchanged boolean,
    agree integer,
    compared integer,
    others_agree integer,
    others_compared integer,
    least integer,
    most integer,
    by_chance double,
    version varchar not null,
    sha256 varchar not null
);
