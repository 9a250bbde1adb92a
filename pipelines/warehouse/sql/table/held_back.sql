-- One row per release, or attempt to fetch one, that was refused: the source was not refreshed, its
-- earlier figures stay in use.
-- source: Source, as in the table source.
-- release: Release that was refused; empty where a file could not be fetched.
-- not_refreshed_since: Day of the last good release of the source; empty if it has none.
-- reason: What was refused, and what to do.
create table main.held_back (
    source varchar not null,
    release varchar not null,
    not_refreshed_since varchar,
    reason varchar not null
);
