-- One row per row that an SDMX flow has or had: since when. Publication fills it, from the version
-- before; a build leaves it empty. It has no figure, nor anything that is computed from one.
-- flow: Dataflow: DF_NEWEST, DF_NATIONAL, DF_TIP or DF_SDG_16_2_2.
-- row_key: Codes of the row's dimensions in the order of the flow, joined by a full stop; empty
--   in the row that says since when the table is complete, where damage lost what was before.
-- since: Moment of the publication in which the row was new, or last changed; ISO 8601, UTC.
-- until: Moment of the publication that no longer had it; empty while it is there.
create table main.row_since (
    flow varchar not null,
    row_key varchar not null,
    since varchar not null,
    until varchar
);
