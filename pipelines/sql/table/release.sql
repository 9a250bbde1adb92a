-- One row per release of a source, that is per raw file used, with what proves where it came from.
-- source: Source, as in the table source.
-- release: Date on which the publisher released the file, ISO 8601.
-- is_newest: Whether it is the newest release of its source; the published views show that one.
-- file: Our figure table, below data/raw.
-- rows: Rows in our figure table.
-- sha256: Checksum of our figure table.
-- publisher: Authority.
-- publisher_file: Name of the publisher's file from which the figure table was made.
-- publisher_sha256: Checksum of the publisher's file.
-- address: Where the publisher offers it.
-- obtained_from: Where the bytes were obtained.
-- retrieved: Day on which they are known to have been retrieved.
-- licence: Terms of use.
-- citation: How to cite the release.
create table main.release (
    source varchar not null,
    release varchar not null,
    is_newest boolean not null,
    file varchar not null,
    rows integer not null,
    sha256 varchar not null,
    publisher varchar not null,
    publisher_file varchar not null,
    publisher_sha256 varchar not null,
    address varchar not null,
    obtained_from varchar not null,
    retrieved date not null,
    licence varchar not null,
    citation varchar not null,
    primary key (source, release)
);
