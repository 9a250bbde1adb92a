-- One row per source, release, outcome and reason: rows in = published + quarantined + set aside.
-- source: Source, as in the table source.
-- release: Release.
-- outcome: in, published, quarantined or set_aside.
-- reason: Rule (quarantined) or filter (set_aside). A row that breaks several rules counts once.
-- rows: How many rows.
create table main.row_account (
    source varchar not null,
    release varchar not null,
    outcome varchar not null check (outcome in ('in', 'published', 'quarantined', 'set_aside')),
    reason varchar not null,
    rows integer not null,
    primary key (source, release, outcome, reason)
);
