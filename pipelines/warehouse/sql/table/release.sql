-- One row per release of a source whose figures are here.
-- source: Source, as in the table source.
-- release: Date on which the publisher released the file, ISO 8601.
-- action: What it does to the releases before it: REPLACE, it stands for all of them; MERGE, it
--   updates the cells that it has and withdraws none.
-- is_newest: Whether it is the newest release of its source.
-- is_current: Whether the published views show figures of it: no later release replaces it.
-- rows: Rows in our figure tables.
-- publisher: Authority.
-- provenance: Whether it was read in the publisher's own file, in a copy of it, or only in what others
--   repeat (codelist.provenance).
-- retrieved: Day or moment at which the last of its files is known to have been retrieved.
-- licence: Terms of use.
-- citation: How to cite the release.
create table main.release (
    source varchar not null,
    release varchar not null,
    action varchar not null,
    is_newest boolean not null,
    is_current boolean not null,
    rows integer not null,
    publisher varchar not null,
    provenance varchar not null,
    retrieved varchar not null,
    licence varchar not null,
    citation varchar not null,
    primary key (source, release)
);
