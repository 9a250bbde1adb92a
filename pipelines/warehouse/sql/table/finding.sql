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
-- table: Table concerned: indicator, breakdown, year.
-- evidence: Numbers and codes that can be checked in the publisher's file.
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
    "table" varchar not null,
    evidence varchar not null,
    version varchar not null,
    sha256 varchar not null
);
