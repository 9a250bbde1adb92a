-- One row per raw file used, with what proves where it came from: a line of the manifest.
-- source: Source, as in the table source.
-- release: Release that it belongs to.
-- action: What the release does to those before it: REPLACE, it stands for all of them; MERGE, it
--   updates the cells that it has and withdraws none.
-- file: Our figure table, below data/raw.
-- rows: Rows in our figure table.
-- sha256: Checksum of our figure table.
-- publisher: Authority.
-- publisher_file: Name of the publisher's file from which the figure table was made.
-- publisher_sha256: Checksum of the publisher's file.
-- address: Where the publisher offers it.
-- provenance: Whether it is the publisher's own file, a copy of it, or what others repeat
--   (codelist.provenance).
-- obtained_from: Where the bytes were obtained.
-- retrieved: Day or moment at which they are known to have been retrieved.
-- licence: Terms of use.
-- citation: How to cite the release.
create table main.raw_file (
    source varchar not null,
    release varchar not null,
    action varchar not null,
    file varchar primary key,
    rows integer not null,
    sha256 varchar not null,
    publisher varchar not null,
    publisher_file varchar not null,
    publisher_sha256 varchar not null,
    address varchar not null,
    provenance varchar not null,
    obtained_from varchar not null,
    retrieved varchar not null,
    licence varchar not null,
    citation varchar not null
);
