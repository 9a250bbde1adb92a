-- One row per release of a source whose figures are here.
-- source: Source, as in the table source.
-- release: Date on which the publisher released the file, ISO 8601.
-- is_newest: Whether it is the newest release of its source.
-- is_current: Whether the published views show figures of it: it is the newest, or releases of its
--   source add to each other.
-- rows: Rows in our figure tables.
-- publisher: Authority.
-- retrieved: Day or moment at which the last of its files is known to have been retrieved.
-- licence: Terms of use.
-- citation: How to cite the release.
create table main.release (
    source varchar not null,
    release varchar not null,
    is_newest boolean not null,
    is_current boolean not null,
    rows integer not null,
    publisher varchar not null,
    retrieved varchar not null,
    licence varchar not null,
    citation varchar not null,
    primary key (source, release)
);
